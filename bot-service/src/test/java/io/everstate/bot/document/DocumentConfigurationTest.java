package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentConfigurationTest {
    @Test
    void keepsThirtyTwoMegabytes() {
        var configuration = SampleConfiguration.of(DocumentConfiguration.class, Map.of());

        assertThat(configuration.cache().asLongValue()).isEqualTo(32 << 20);
    }

    @Test
    void takesItsSettings() {
        var configuration =
                SampleConfiguration.of(DocumentConfiguration.class, Map.of("everstate.document.cache", "5K"));

        assertThat(configuration.cache().asLongValue()).isEqualTo(5 << 10);
    }
}
