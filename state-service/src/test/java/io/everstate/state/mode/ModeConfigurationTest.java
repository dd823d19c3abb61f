package io.everstate.state.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModeConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(ModeConfiguration.class, Map.of());

        assertThat(configuration.topic()).isEqualTo("everstate.system.mode");
        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                ModeConfiguration.class, Map.of("everstate.mode.topic", "modes", "everstate.mode.poll", "3s"));

        assertThat(configuration.topic()).isEqualTo("modes");
        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(3));
    }
}
