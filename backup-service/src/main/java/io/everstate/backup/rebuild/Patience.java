package io.everstate.backup.rebuild;

import io.everstate.backup.store.StoreUnavailableException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells a storage that does not give one object from one that is away: what fails three times in a row is not tried with all the others too. */
final class Patience {
    private static final int FAILURES_IN_A_ROW = 3;

    private int failures;

    /**
     * @param failed what comes of it, given why, when the storage did not give it
     *
     * @throws StoreUnavailableException when that is the third in a row
     */
    <T> T of(Supplier<T> attempt, Function<String, T> failed) {
        try {
            var result = attempt.get();
            failures = 0;
            return result;
        } catch (StoreUnavailableException e) {
            failures++;
            if (failures == FAILURES_IN_A_ROW) {
                throw e;
            }
            return failed.apply(e.detail());
        }
    }
}
