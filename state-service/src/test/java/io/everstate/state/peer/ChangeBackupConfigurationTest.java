package io.everstate.state.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeBackupConfigurationTest {
    @Test
    void hasThisDefault() {
        assertThat(TestConfiguration.of(ChangeBackupConfiguration.class, Map.of())
                        .deadline())
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void takesThisName() {
        var configuration =
                TestConfiguration.of(ChangeBackupConfiguration.class, Map.of("everstate.change-backup.deadline", "2m"));

        assertThat(configuration.deadline()).isEqualTo(Duration.ofMinutes(2));
    }
}
