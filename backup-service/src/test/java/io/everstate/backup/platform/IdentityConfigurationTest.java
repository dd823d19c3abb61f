package io.everstate.backup.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityConfigurationTest {
    @Test
    void namesTheTokenFile() {
        var configuration =
                Defaults.of(IdentityConfiguration.class, Map.of("everstate.identity.token-file", "/run/token"));

        assertThat(configuration.tokenFile()).isEqualTo(Path.of("/run/token"));
    }

    @Test
    void doesNotStartWithoutIt() {
        assertThatThrownBy(() -> Defaults.of(IdentityConfiguration.class, Map.of()))
                .hasMessageContaining("everstate.identity.token-file");
    }
}
