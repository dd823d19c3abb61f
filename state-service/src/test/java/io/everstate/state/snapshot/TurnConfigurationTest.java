package io.everstate.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TurnConfigurationTest {
    @Test
    @Tag("EC1")
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(TurnConfiguration.class, Map.of());

        assertThat(configuration.lease()).isEqualTo(Duration.ofSeconds(20));
        assertThat(configuration.longest()).isEqualTo(Duration.ofMinutes(15));
        assertThat(configuration.owner()).isEqualTo("state-service-1");
        assertThat(configuration.patience()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                TurnConfiguration.class,
                Map.of(
                        "everstate.snapshot.lease", "4m",
                        "everstate.snapshot.longest", "1h",
                        "everstate.snapshot.owner", "left",
                        "everstate.snapshot.patience", "3s"));

        assertThat(configuration.lease()).isEqualTo(Duration.ofMinutes(4));
        assertThat(configuration.longest()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.owner()).isEqualTo("left");
        assertThat(configuration.patience()).isEqualTo(Duration.ofSeconds(3));
    }
}
