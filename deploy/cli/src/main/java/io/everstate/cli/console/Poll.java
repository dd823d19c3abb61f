package io.everstate.cli.console;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Looks again and again for something that will be there later. */
public final class Poll {

    private Poll() {}

    /** What the look found first; empty when it found nothing for as long as the patience lasts, or the thread was interrupted. */
    public static <T> Optional<T> until(Supplier<Optional<T>> look, Duration every, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<T> found = look.get();
        while (found.isEmpty()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(every.toNanos());
            found = look.get();
        }
        return found;
    }

    /** Whether it became true in time. */
    public static boolean untilTrue(Supplier<Boolean> look, Duration every, Duration patience) {
        return until(() -> look.get() ? Optional.of(true) : Optional.empty(), every, patience)
                .isPresent();
    }
}
