package io.everstate.backup.segments;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets in a few at a time, in the order in which they came. Thread-safe. */
final class Turns {
    private final Semaphore free;
    private final Duration patience;

    /** @param patience how long each waits */
    Turns(int count, Duration patience) {
        this.free = new Semaphore(count, true);
        this.patience = patience;
    }

    /** @throws ProblemException UNAVAILABLE when the turn did not come in time */
    <T> T read(Supplier<T> reading) {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(
                        ProblemType.UNAVAILABLE, "as many segments are read already as may be at a time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service stops", e);
        }
        try {
            return reading.get();
        } finally {
            free.release();
        }
    }
}
