package io.everstate.state.fold;

import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import java.util.List;

/** The real store, for tests of what reads it. */
public final class FoldStores {
    private FoldStores() {}

    public static FoldStore of(TestDatabase database) {
        return new PostgresFoldStore(database.transactions(), TestJson.format(), List.of());
    }
}
