package io.everstate.state.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestoreConfigurationTest {
    private static RestoreConfiguration of(Map<String, String> values) {
        return TestConfiguration.of(RestoreConfiguration.class, values);
    }

    @Test
    void hasDefaults() {
        var configuration = of(Map.of());

        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.lease()).isEqualTo(Duration.ofSeconds(45));
        assertThat(configuration.longest()).isEqualTo(Duration.ofMinutes(15));
        assertThat(configuration.attempts()).isEqualTo(60);
        assertThat(configuration.owner()).isEqualTo("state-service-1");
    }

    @Test
    void isSetByTheseNames() {
        var configuration = of(Map.of(
                "everstate.restore.poll", "2s",
                "everstate.restore.lease", "1m",
                "everstate.restore.longest", "2h",
                "everstate.restore.attempts", "3",
                "everstate.restore.owner", "state-service-7"));

        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.longest()).isEqualTo(Duration.ofHours(2));
        assertThat(configuration.attempts()).isEqualTo(3);
        assertThat(configuration.owner()).isEqualTo("state-service-7");
    }
}
