package io.everstate.state.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.wire.Topics;
import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLogConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = TestConfiguration.of(EventLogConfiguration.class, Map.of());

        assertThat(configuration.topic()).isEqualTo(Topics.BOT_EVENTS);
        assertThat(configuration.deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.readDeadline()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                EventLogConfiguration.class, Map.of("everstate.log.topic", "other", "everstate.log.deadline", "5s"));

        assertThat(configuration.topic()).isEqualTo("other");
        assertThat(configuration.deadline()).isEqualTo(Duration.ofSeconds(5));
    }
}
