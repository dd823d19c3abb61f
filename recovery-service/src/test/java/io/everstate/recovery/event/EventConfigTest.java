package io.everstate.recovery.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.TestConfigurations;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventConfigTest {
    @Test
    void hasTheseDefaults() {
        var config = TestConfigurations.of(EventConfig.class, Map.of());

        assertThat(config.interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.partitions()).isEqualTo(3);
        assertThat(config.replicas()).isEqualTo((short) 1);
        assertThat(config.retention()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void readsTheseProperties() {
        var config = TestConfigurations.of(
                EventConfig.class,
                Map.ofEntries(
                        Map.entry("everstate.events.interval", "PT1S"),
                        Map.entry("everstate.events.partitions", "5"),
                        Map.entry("everstate.events.replicas", "3"),
                        Map.entry("everstate.events.retention", "P1D")));

        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.partitions()).isEqualTo(5);
        assertThat(config.replicas()).isEqualTo((short) 3);
        assertThat(config.retention()).isEqualTo(Duration.ofDays(1));
    }
}
