package io.everstate.state.restore.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartConfigurationTest {
    @Test
    void hasDefaults() {
        var configuration = TestConfiguration.of(StartConfiguration.class, Map.of());

        assertThat(configuration.owner()).isEqualTo("state-service-1");
        assertThat(configuration.states()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void isSetByTheseNames() {
        var configuration = TestConfiguration.of(
                StartConfiguration.class,
                Map.of("everstate.start-look.owner", "state-service-7", "everstate.start-look.states", "5s"));

        assertThat(configuration.owner()).isEqualTo("state-service-7");
        assertThat(configuration.states()).isEqualTo(Duration.ofSeconds(5));
    }
}
