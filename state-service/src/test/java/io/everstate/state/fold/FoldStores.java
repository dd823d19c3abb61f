package io.everstate.state.fold;

import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.platform.Transactions;
import java.util.List;

/** The real store, for tests of what reads it. */
public final class FoldStores {
    private FoldStores() {}

    public static FoldStore of(TestDatabase database) {
        return of(database.transactions());
    }

    public static FoldStore of(Transactions transactions) {
        return new PostgresFoldStore(transactions, TestJson.format(), List.of());
    }

    /** One whose commits are heard of. */
    public static FoldStore heardBy(FoldListener listener, TestDatabase database) {
        return new PostgresFoldStore(database.transactions(), TestJson.format(), List.of(listener));
    }
}
