package io.everstate.recovery.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.TestConfigurations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectionConfigTest {
    @Test
    void hasTheseDefaults() {
        var config = TestConfigurations.of(DetectionConfig.class, Map.of());

        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.services()).isEqualTo(List.of("bot-service", "state-service", "backup-service"));
        assertThat(config.misses()).isEqualTo(3);
        assertThat(config.startGrace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.confirmAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void readsTheseProperties() {
        var config = TestConfigurations.of(
                DetectionConfig.class,
                Map.ofEntries(
                        Map.entry("everstate.detection.interval", "PT1S"),
                        Map.entry("everstate.detection.services", "a,b"),
                        Map.entry("everstate.detection.misses", "5"),
                        Map.entry("everstate.detection.start-grace", "PT6S"),
                        Map.entry("everstate.detection.confirm-after", "PT7S")));

        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.services()).isEqualTo(List.of("a", "b"));
        assertThat(config.misses()).isEqualTo(5);
        assertThat(config.startGrace()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.confirmAfter()).isEqualTo(Duration.ofSeconds(7));
    }
}
