package io.everstate.state.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthConfigurationTest {
    @Test
    void hasDefaults() {
        var configuration = TestConfiguration.of(HealthConfiguration.class, Map.of());

        assertThat(configuration.interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(configuration.botsEvery()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.botQuiet()).isEqualTo(Duration.ofMinutes(6));
        assertThat(configuration.lagLimit()).isEqualTo(10_000);
        assertThat(configuration.deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.keepGone()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.owner()).isEqualTo("state-service-1");
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                HealthConfiguration.class,
                Map.of(
                        "everstate.health.interval", "1s",
                        "everstate.health.bots-every", "2s",
                        "everstate.health.bot-quiet", "3s",
                        "everstate.health.lag-limit", "4",
                        "everstate.health.deadline", "5s",
                        "everstate.health.keep-gone", "6s",
                        "everstate.health.owner", "seven"));

        assertThat(configuration.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.botsEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.botQuiet()).isEqualTo(Duration.ofSeconds(3));
        assertThat(configuration.lagLimit()).isEqualTo(4);
        assertThat(configuration.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.keepGone()).isEqualTo(Duration.ofSeconds(6));
        assertThat(configuration.owner()).isEqualTo("seven");
    }
}
