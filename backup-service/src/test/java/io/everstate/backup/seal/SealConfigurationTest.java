package io.everstate.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(SealConfiguration.class, Map.of());

        assertThat(configuration.keyFile()).isEmpty();
        assertThat(configuration.key()).isEmpty();
        assertThat(configuration.trustedKeys()).isEmpty();
        assertThat(configuration.beginAnew()).isEmpty();
        assertThat(configuration.lookEvery()).isEqualTo("10s");
    }

    @Test
    void isReadFromTheseKeys() {
        var configuration = Defaults.of(
                SealConfiguration.class,
                Map.of(
                        "everstate.seals.key-file", "/run/seal.pem",
                        "everstate.seals.key", "MC4=",
                        "everstate.seals.trusted-keys", "MCo=,MCp=",
                        "everstate.seals.begin-anew", "default,other",
                        "everstate.seals.look-every", "off"));

        assertThat(configuration.keyFile()).contains(Path.of("/run/seal.pem"));
        assertThat(configuration.key()).contains("MC4=");
        assertThat(configuration.trustedKeys()).contains(List.of("MCo=", "MCp="));
        assertThat(configuration.beginAnew()).contains(List.of("default", "other"));
        assertThat(configuration.lookEvery()).isEqualTo("off");
    }
}
