package io.everstate.state.snapshot.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(RetentionConfiguration.class, Map.of());

        assertThat(configuration.maxAge()).isEqualTo(Duration.ofDays(7));
        assertThat(configuration.atLeast()).isEqualTo(5);
        assertThat(configuration.every()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                RetentionConfiguration.class,
                Map.of(
                        "everstate.snapshot-retention.max-age", "24h",
                        "everstate.snapshot-retention.at-least", "2",
                        "everstate.snapshot-retention.every", "10m"));

        assertThat(configuration.maxAge()).isEqualTo(Duration.ofDays(1));
        assertThat(configuration.atLeast()).isEqualTo(2);
        assertThat(configuration.every()).isEqualTo(Duration.ofMinutes(10));
    }
}
