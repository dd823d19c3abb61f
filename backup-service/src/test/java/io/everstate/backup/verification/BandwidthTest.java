package io.everstate.backup.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BandwidthTest {
    private static final long LIMIT = 1000;

    private long now = 42;

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    /** Whatever is taken when: what was taken before the last time fits into the time that has passed. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void letsNoMorePassThanTheLimit(int seed) {
        var random = new Random(seed);
        var bandwidth = new Bandwidth(LIMIT, () -> now);
        var started = now;
        var before = 0L;
        for (var i = 0; i < 200; i++) {
            var bytes = random.nextInt(5000);
            var passed = now - started;

            assertThat(before).isLessThanOrEqualTo(passed * LIMIT / TimeUnit.SECONDS.toNanos(1) + 200);
            now += bandwidth.take(bytes) + random.nextInt(1_000_000);
            before += bytes;
        }
    }

    @Test
    void takesNoLongerThanTheLimitAsks() {
        var bandwidth = new Bandwidth(LIMIT, () -> now);
        now += bandwidth.take(3000);

        assertThat(bandwidth.take(500)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void savesNothingUpWhileNothingIsTaken() {
        var bandwidth = new Bandwidth(LIMIT, () -> now);
        now += TimeUnit.HOURS.toNanos(1);

        assertThat(bandwidth.take(2000)).isEqualTo(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void hasNoLimitAtZero() {
        assertThat(new Bandwidth(0, () -> now).take(Long.MAX_VALUE)).isZero();
    }
}
