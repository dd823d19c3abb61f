package io.everstate.state.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SnapshotConfigurationTest {
    @Test
    @Tag("EC1")
    @Tag("EC7")
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(SnapshotConfiguration.class, Map.of());

        assertThat(configuration.interval()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.incrementalInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.minGap()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.significantNotional()).isEqualByComparingTo("10000");
        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.staleAfter()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    @Tag("EC7")
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                SnapshotConfiguration.class,
                Map.of(
                        "everstate.snapshot.interval", "10m",
                        "everstate.snapshot.incremental-interval", "2m",
                        "everstate.snapshot.min-gap", "30s",
                        "everstate.snapshot.significant-notional", "0.5",
                        "everstate.snapshot.poll", "3s",
                        "everstate.snapshot.stale-after", "30m"));

        assertThat(configuration.interval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(configuration.incrementalInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.minGap()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.significantNotional()).isEqualByComparingTo("0.5");
        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(3));
        assertThat(configuration.staleAfter()).isEqualTo(Duration.ofMinutes(30));
    }
}
