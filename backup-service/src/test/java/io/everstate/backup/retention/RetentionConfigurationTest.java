package io.everstate.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("BD6")
class RetentionConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(RetentionConfiguration.class, Map.of());

        assertThat(configuration.policy())
                .isEqualTo(new RetentionPolicy(30, Duration.ofDays(30), 2, Map.of(Period.DAILY, 30), 2));
        assertThat(configuration.day()).isEqualTo(DayOfWeek.SUNDAY);
        assertThat(configuration.time()).isEqualTo(LocalTime.of(3, 0));
        assertThat(configuration.retryAfter()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void readsPeriodsByTheirNames() {
        var configuration = Defaults.of(
                RetentionConfiguration.class,
                Map.of("everstate.retention.keep.weekly", "8", "everstate.retention.keep.YEARLY", "2"));

        assertThat(configuration.policy().periods())
                .isEqualTo(Map.of(Period.WEEKLY, 8, Period.YEARLY, 2, Period.DAILY, 30));
    }

    /** 2026-11-22 is a Sunday. */
    @ParameterizedTest(name = "at {0} it should have been at {1}")
    @CsvSource({
        "2026-11-22T02:59:59Z,2026-11-15T03:00:00Z",
        "2026-11-22T03:00:00Z,2026-11-22T03:00:00Z",
        "2026-11-24T12:00:00Z,2026-11-22T03:00:00Z"
    })
    void knowsWhenItShouldHaveRunLast(Instant now, Instant last) {
        var configuration = Defaults.of(RetentionConfiguration.class, Map.of());

        assertThat(RetentionJob.lastTime(configuration, now)).isEqualTo(last);
    }
}
