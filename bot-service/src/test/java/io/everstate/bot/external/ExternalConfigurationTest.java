package io.everstate.bot.external;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalConfigurationTest {
    @Test
    void recordsAHeartbeatAMinuteAndAllowsFiveOfSilence() {
        var configuration = SampleConfiguration.of(ExternalConfiguration.class, Map.of());

        assertThat(configuration.heartbeatInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.silentAfter()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void takesItsSettings() {
        var configuration = SampleConfiguration.of(
                ExternalConfiguration.class,
                Map.of("everstate.external.heartbeat-interval", "10S", "everstate.external.silent-after", "1H"));

        assertThat(configuration.heartbeatInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.silentAfter()).isEqualTo(Duration.ofHours(1));
    }
}
