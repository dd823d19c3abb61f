package io.everstate.state.rebuild.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RebuildConfigurationTest {
    @Test
    void hasDefaults() {
        var configuration = TestConfiguration.of(RebuildConfiguration.class, Map.of());

        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.switchPatience()).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.maxRecords()).isEqualTo(20_000);
        assertThat(configuration.owner()).isEqualTo("state-service-1");
    }

    @Test
    void takesWhatIsSet() {
        var configuration = TestConfiguration.of(
                RebuildConfiguration.class,
                Map.of(
                        "everstate.rebuild.look-every", "2s",
                        "everstate.rebuild.lease", "1m",
                        "everstate.rebuild.switch-patience", "3m",
                        "everstate.rebuild.max-records", "100",
                        "everstate.rebuild.owner", "two"));

        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.switchPatience()).isEqualTo(Duration.ofMinutes(3));
        assertThat(configuration.maxRecords()).isEqualTo(100);
        assertThat(configuration.owner()).isEqualTo("two");
    }
}
