package io.everstate.state.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(HistoryConfiguration.class, Map.of());

        assertThat(configuration.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.lease()).isEqualTo(Duration.ofSeconds(20));
        assertThat(configuration.keepMinutes()).isEqualTo(Duration.ofHours(24));
        assertThat(configuration.keepHours()).isEmpty();
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                HistoryConfiguration.class,
                Map.of(
                        "everstate.history.interval", "1s",
                        "everstate.history.lease", "3s",
                        "everstate.history.keep-minutes", "48h",
                        "everstate.history.keep-hours", "720h"));

        assertThat(configuration.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.lease()).isEqualTo(Duration.ofSeconds(3));
        assertThat(configuration.keepMinutes()).isEqualTo(Duration.ofDays(2));
        assertThat(configuration.keepHours()).contains(Duration.ofDays(30));
    }
}
