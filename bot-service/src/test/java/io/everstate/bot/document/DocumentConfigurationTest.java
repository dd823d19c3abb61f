package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentConfigurationTest {
    @Test
    void hasItsDefaults() {
        var configuration = SampleConfiguration.of(DocumentConfiguration.class, Map.of());

        assertThat(configuration.cache().asLongValue()).isEqualTo(32 << 20);
        assertThat(configuration.largest().asLongValue()).isEqualTo(64 << 20);
        assertThat(configuration.transfers()).isEqualTo(8);
        assertThat(configuration.patience()).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.directory()).isEqualTo(Path.of("documents"));
        assertThat(configuration.kept()).isEqualTo(5);
        assertThat(configuration.stored()).isEqualTo(20);
        assertThat(configuration.grace()).isEqualTo(Duration.ofHours(24));
        assertThat(configuration.sweepEvery()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void takesItsSettings() {
        var configuration = SampleConfiguration.of(
                DocumentConfiguration.class,
                Map.of(
                        "everstate.document.cache", "5K",
                        "everstate.document.largest", "6M",
                        "everstate.document.transfers", "7",
                        "everstate.document.patience", "8S",
                        "everstate.document.directory", "elsewhere",
                        "everstate.document.kept", "9",
                        "everstate.document.stored", "12",
                        "everstate.document.grace", "10H",
                        "everstate.document.sweep-every", "11M"));

        assertThat(configuration.cache().asLongValue()).isEqualTo(5 << 10);
        assertThat(configuration.largest().asLongValue()).isEqualTo(6 << 20);
        assertThat(configuration.transfers()).isEqualTo(7);
        assertThat(configuration.patience()).isEqualTo(Duration.ofSeconds(8));
        assertThat(configuration.directory()).isEqualTo(Path.of("elsewhere"));
        assertThat(configuration.kept()).isEqualTo(9);
        assertThat(configuration.stored()).isEqualTo(12);
        assertThat(configuration.grace()).isEqualTo(Duration.ofHours(10));
        assertThat(configuration.sweepEvery()).isEqualTo(Duration.ofMinutes(11));
    }
}
