package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentsConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(SegmentsConfiguration.class, Map.of());

        assertThat(configuration.enabled()).isTrue();
        assertThat(configuration.every()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.size().asLongValue()).isEqualTo(2 << 20);
        assertThat(configuration.memory().asLongValue()).isEqualTo(16 << 20);
        assertThat(configuration.writers()).isEqualTo(4);
        assertThat(configuration.readers()).isEqualTo(2);
        assertThat(configuration.lateAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.topic()).isEqualTo("everstate.bot.events");
    }
}
