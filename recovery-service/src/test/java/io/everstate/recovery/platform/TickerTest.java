package io.everstate.recovery.platform;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TickerTest {
    @Test
    void goesOnAfterAFailure() {
        var calls = new AtomicInteger();
        try (var _ = Ticker.start("test", Duration.ofMillis(1), () -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
        })) {
            await().untilAtomic(calls, greaterThan(5));
        }
    }
}
