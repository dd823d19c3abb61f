package io.everstate.backup.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(OutboxConfiguration.class, Map.of());

        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.batch()).isEqualTo(100);
        assertThat(configuration.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.partitions()).isEqualTo(3);
        assertThat(configuration.replication()).isEqualTo((short) 1);
    }
}
