package io.everstate.state.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.TestConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportConfigurationTest {
    @Test
    void hasDefaults() {
        var configuration = TestConfiguration.of(ImportConfiguration.class, Map.of());

        assertThat(configuration.maxSize().asLongValue()).isEqualTo(5 << 20);
        assertThat(configuration.maxBots()).isEqualTo(1000);
    }

    @Test
    void takesTheseNames() {
        var configuration = TestConfiguration.of(
                ImportConfiguration.class, Map.of("everstate.import.max-size", "1K", "everstate.import.max-bots", "2"));

        assertThat(configuration.maxSize().asLongValue()).isEqualTo(1024);
        assertThat(configuration.maxBots()).isEqualTo(2);
    }
}
