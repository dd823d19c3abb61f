package io.everstate.state.awaiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwaitingConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(AwaitingConfiguration.class, Map.of());

        assertThat(configuration.awaitDeadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.awaitLook()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                AwaitingConfiguration.class,
                Map.of("everstate.query.await-deadline", "5s", "everstate.query.await-look", "100ms"));

        assertThat(configuration.awaitDeadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.awaitLook()).isEqualTo(Duration.ofMillis(100));
    }
}
