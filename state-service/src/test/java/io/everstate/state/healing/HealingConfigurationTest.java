package io.everstate.state.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealingConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(HealingConfiguration.class, Map.of());

        assertThat(configuration.askEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.longestPause()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.attempts()).isEqualTo(20);
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                HealingConfiguration.class,
                Map.of(
                        "everstate.healing.ask-every", "1s",
                        "everstate.healing.longest-pause", "2s",
                        "everstate.healing.attempts", "3"));

        assertThat(configuration.askEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.longestPause()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.attempts()).isEqualTo(3);
    }
}
