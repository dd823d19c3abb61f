package io.everstate.state.oracle;

import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedTrade;
import io.everstate.state.fold.SkipCounts;
import java.util.List;
import java.util.Map;

/** All that a store keeps of the log. */
public interface StoredFold {
    /** The store itself, which does not fail. */
    FoldStore store();

    /** In any order. */
    List<FoldedTrade> trades();

    /** Since the database was begun. */
    SkipCounts skipped(int partition);

    /** Whether each is over. */
    Map<Found, Boolean> findings();
}
