package io.everstate.backup.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProtectionConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(ProtectionConfiguration.class, Map.of());

        assertThat(configuration.backupTooOldAfter()).isEmpty();
        assertThat(configuration.workspaces()).isEmpty();
        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void takesALimitOfOneWorkspace() {
        var configuration = Defaults.of(
                ProtectionConfiguration.class,
                Map.of("everstate.protection.workspaces.default.backup-too-old-after", "90m"));

        assertThat(configuration.workspaces())
                .hasEntrySatisfying(
                        "default", own -> assertThat(own.backupTooOldAfter()).isEqualTo(Duration.ofMinutes(90)));
    }
}
