package io.everstate.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(ScheduleConfiguration.class, Map.of());

        assertThat(configuration.atStart()).isTrue();
        assertThat(configuration.fullEvery()).isEqualTo(Duration.ofHours(6));
        assertThat(configuration.incrementalEvery()).isZero();
        assertThat(configuration.retryAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofSeconds(30));
    }
}
