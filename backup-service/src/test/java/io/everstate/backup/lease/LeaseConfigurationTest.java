package io.everstate.backup.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(LeaseConfiguration.class, Map.of());

        assertThat(configuration.ttl()).isEqualTo(Duration.ofSeconds(15));
        assertThat(configuration.heartbeat()).isEqualTo(Duration.ofSeconds(3));
        assertThat(configuration.poll()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.maxConcurrent()).isEqualTo(2);
        assertThat(configuration.shutdown()).isEqualTo(Duration.ofSeconds(5));
    }
}
