package io.everstate.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.platform.Defaults;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackingConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(PackingConfiguration.class, Map.of());

        assertThat(configuration.compression()).isEqualTo(Compression.GZIP);
        assertThat(configuration.level()).isEmpty();
        assertThat(configuration.threads()).isEmpty();
    }

    @Test
    void isReadFromTheseKeys() {
        var configuration = Defaults.of(
                PackingConfiguration.class,
                Map.of(
                        "everstate.archive.compression", "zstd",
                        "everstate.archive.level", "3",
                        "everstate.archive.threads", "4"));

        assertThat(configuration.compression()).isEqualTo(Compression.ZSTD);
        assertThat(configuration.level()).hasValue(3);
        assertThat(configuration.threads()).hasValue(4);
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertThatThrownBy(
                        () -> Defaults.of(PackingConfiguration.class, Map.of("everstate.archive.compression", "bzip2")))
                .hasMessageContaining("everstate.archive.compression")
                .hasMessageContaining("bzip2");
    }
}
