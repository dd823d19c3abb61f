package io.everstate.bot.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaConfigurationTest {

    @Test
    void hasDefaults() {
        assertThat(SampleConfiguration.of(ReplicaConfiguration.class, Map.of()).timeout())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void readsItsProperties() {
        var configuration =
                SampleConfiguration.of(ReplicaConfiguration.class, Map.of("everstate.replica.timeout", "900MS"));

        assertThat(configuration.timeout()).isEqualTo(Duration.ofMillis(900));
    }
}
