package io.everstate.state.awaiting;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One that waits for a number, or a higher one. Equal only to itself: two can wait for the same. */
final class Wait {
    private final long number;
    private final CountDownLatch over = new CountDownLatch(1);

    Wait(long number) {
        this.number = number;
    }

    void sees(long newest) {
        if (newest >= number) {
            over.countDown();
        }
    }

    /** Returns at the latest after that time, and whether the number has come. */
    boolean ends(Duration time) throws InterruptedException {
        return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
