package io.everstate.recovery.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), new Random(7));

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "4, 8000", "5, 10000", "1000, 10000"})
    void doublesUpToTheLimitAndVariesByHalf(int failures, long millis) {
        for (int tries = 0; tries < 200; tries++) {
            assertThat(backoff.after(failures)).isBetween(Duration.ofMillis(millis / 2), Duration.ofMillis(millis));
        }
    }
}
