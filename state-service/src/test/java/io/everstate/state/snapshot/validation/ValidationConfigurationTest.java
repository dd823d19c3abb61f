package io.everstate.state.snapshot.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidationConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(ValidationConfiguration.class, Map.of());

        assertThat(configuration.every()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.owner()).isEqualTo("state-service-1");
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                ValidationConfiguration.class,
                Map.of("everstate.snapshot-validation.every", "1m", "everstate.snapshot-validation.owner", "left"));

        assertThat(configuration.every()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.owner()).isEqualTo("left");
    }
}
