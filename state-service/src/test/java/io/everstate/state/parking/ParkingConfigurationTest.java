package io.everstate.state.parking;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParkingConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(ParkingConfiguration.class, Map.of());

        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesTheseNames() {
        var configuration =
                TestConfiguration.of(ParkingConfiguration.class, Map.of("everstate.parking.look-every", "1s"));

        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofSeconds(1));
    }
}
