package io.everstate.backup.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(ComparisonConfiguration.class, Map.of());

        assertThat(configuration.time()).isEqualTo(LocalTime.of(2, 0));
        assertThat(configuration.lookEvery()).isEqualTo("5m");
        assertThat(configuration.retryAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.grace()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest(name = "at {0} it should have been at {1}")
    @CsvSource({
        "2026-11-22T01:59:59Z,2026-11-21T02:00:00Z",
        "2026-11-22T02:00:00Z,2026-11-22T02:00:00Z",
        "2026-11-22T23:00:00Z,2026-11-22T02:00:00Z"
    })
    void knowsWhenItShouldHaveRunLast(Instant now, Instant last) {
        var configuration = Defaults.of(ComparisonConfiguration.class, Map.of());

        assertThat(ComparisonJob.lastTime(configuration, now)).isEqualTo(last);
    }
}
