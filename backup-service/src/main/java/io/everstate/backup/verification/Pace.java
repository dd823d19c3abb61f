package io.everstate.backup.verification;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** How fast a verification goes on: within the bandwidth, and not at all while somebody waits for the same workspace's files. */
final class Pace {
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Bandwidth bandwidth;
    private final Lease lease;
    private final BooleanSupplier restoring;
    private final LongPredicate waiting;
    private final LongSupplier nanoTime;
    private long lookAt;

    /**
     * @param restoring whether a restore of the workspace waits or runs
     * @param waiting waits for so many nanoseconds; true = the service ends
     */
    Pace(Bandwidth bandwidth, Lease lease, BooleanSupplier restoring, LongPredicate waiting, LongSupplier nanoTime) {
        this.bandwidth = bandwidth;
        this.lease = lease;
        this.restoring = restoring;
        this.waiting = waiting;
        this.nanoTime = nanoTime;
        this.lookAt = nanoTime.getAsLong();
    }

    /**
     * To be called after so many bytes were read; returns when the next may be.
     *
     * @throws LeaseLostException when it is another's work now
     * @throws CancellationException when the service ends
     */
    void passed(long bytes) {
        await(bandwidth.take(bytes));
        if (nanoTime.getAsLong() - lookAt >= 0) {
            while (restoring.getAsBoolean()) {
                await(LOOK_NANOS);
            }
            lookAt = nanoTime.getAsLong() + LOOK_NANOS;
        }
    }

    private void await(long nanos) {
        lease.check();
        if (waiting.test(nanos)) {
            throw new CancellationException("the service ends");
        }
        lease.check();
    }
}
