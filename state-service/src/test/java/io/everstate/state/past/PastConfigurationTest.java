package io.everstate.state.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PastConfigurationTest {
    @Test
    void hasThisDefault() {
        assertThat(TestConfiguration.of(PastConfiguration.class, Map.of()).clockDifference())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void takesThisName() {
        var configuration =
                TestConfiguration.of(PastConfiguration.class, Map.of("everstate.past.clock-difference", "5s"));

        assertThat(configuration.clockDifference()).isEqualTo(Duration.ofSeconds(5));
    }
}
