package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostingConfigurationTest {
    @Test
    void hasDefaults() {
        var configuration = SampleConfiguration.of(HostingConfiguration.class, Map.of());

        assertThat(configuration.returnDeadline()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void readsItsProperties() {
        var configuration =
                SampleConfiguration.of(HostingConfiguration.class, Map.of("everstate.hosting.return-deadline", "5S"));

        assertThat(configuration.returnDeadline()).isEqualTo(Duration.ofSeconds(5));
    }
}
