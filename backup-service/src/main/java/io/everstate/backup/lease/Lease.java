package io.everstate.backup.lease;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The right to work on one workspace, held as long as the heartbeat gets through. The fence grows with each holder: what is written to the
 * catalogue carries it, so a holder that was taken for dead and wakes up writes nothing any more.
 */
public final class Lease {
    private final String name;
    private final long fence;
    private final Duration ttl;
    private final LongSupplier nanoTime;
    private final AtomicLong renewedAt;
    private final AtomicBoolean lost = new AtomicBoolean();

    public Lease(String name, long fence, Duration ttl, LongSupplier nanoTime, long askedAt) {
        this.name = name;
        this.fence = fence;
        this.ttl = ttl;
        this.nanoTime = nanoTime;
        this.renewedAt = new AtomicLong(askedAt);
    }

    public long fence() {
        return fence;
    }

    String name() {
        return name;
    }

    /**
     * To be called before every step that others see.
     *
     * @throws LeaseLostException when another may hold it by now
     */
    public void check() {
        if (!isHeld()) {
            throw new LeaseLostException(name);
        }
    }

    /** False when another may hold it by now. */
    public boolean isHeld() {
        return !lost.get() && nanoTime.getAsLong() - renewedAt.get() <= ttl.toNanos();
    }

    /** @param askedAt before the heartbeat was sent: the safe side */
    void renewed(long askedAt) {
        renewedAt.set(askedAt);
    }

    void lose() {
        lost.set(true);
    }
}
