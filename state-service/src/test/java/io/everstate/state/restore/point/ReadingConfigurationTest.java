package io.everstate.state.restore.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingConfigurationTest {
    @Test
    void hasThisDefault() {
        assertThat(TestConfiguration.of(ReadingConfiguration.class, Map.of()).readDeadline())
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void takesThisName() {
        var configuration =
                TestConfiguration.of(ReadingConfiguration.class, Map.of("everstate.restore.read-deadline", "1h"));

        assertThat(configuration.readDeadline()).isEqualTo(Duration.ofHours(1));
    }
}
