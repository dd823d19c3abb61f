package io.everstate.e2e;

import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/** Waits, but not for ever. */
final class Patience {

    /** For what takes seconds on a machine of its own; builds share theirs. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofMillis(100);

    private Patience() {}

    /**
     * Returns when the condition does not fail any more.
     *
     * @param clue what to show besides the last failure when it never does
     */
    static void await(String what, Supplier<String> clue, ThrowingRunnable condition) {
        try {
            Awaitility.await(what)
                    .atMost(LONGEST)
                    .pollInterval(LOOK)
                    .ignoreExceptions() // a part that is away is asked again
                    .untilAsserted(condition);
        } catch (RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n" + clue.get(), e);
        }
    }
}
