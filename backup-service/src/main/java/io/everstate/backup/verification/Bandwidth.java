package io.everstate.backup.verification;

import java.util.function.LongSupplier;

/** A limit of bytes in a second. What is taken is paid for by waiting; time in which nothing was taken is not saved up. */
final class Bandwidth {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long paidAt;

    /** @param bytesPerSecond 0 = no limit */
    Bandwidth(long bytesPerSecond, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.paidAt = nanoTime.getAsLong();
    }

    /** @return how long to wait before any more is taken, in nanoseconds */
    long take(long bytes) {
        if (bytesPerSecond <= 0) {
            return 0;
        }
        var now = nanoTime.getAsLong();
        paidAt = Math.max(paidAt, now) + (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
        return paidAt - now;
    }
}
