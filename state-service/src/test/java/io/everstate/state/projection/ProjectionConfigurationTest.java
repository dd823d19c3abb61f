package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectionConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(ProjectionConfiguration.class, Map.of());

        assertThat(configuration.group()).isEqualTo("state-service");
        assertThat(configuration.instanceId()).isEqualTo("state-service-1");
        assertThat(configuration.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.maxRecords()).isEqualTo(5000);
        assertThat(configuration.retryDelay()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                ProjectionConfiguration.class,
                Map.of(
                        "everstate.projection.group", "other",
                        "everstate.projection.instance-id", "two",
                        "everstate.projection.session-timeout", "6s",
                        "everstate.projection.max-records", "10",
                        "everstate.projection.retry-delay", "1s"));

        assertThat(configuration.group()).isEqualTo("other");
        assertThat(configuration.instanceId()).isEqualTo("two");
        assertThat(configuration.sessionTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(configuration.maxRecords()).isEqualTo(10);
        assertThat(configuration.retryDelay()).isEqualTo(Duration.ofSeconds(1));
    }
}
