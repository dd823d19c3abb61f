package io.everstate.backup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackupConfigurationTest {
    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(BackupConfiguration.class, Map.of("java.io.tmpdir", "/var/tmp"));

        assertThat(configuration.spoolDirectory()).isEqualTo(Path.of("/var/tmp/everstate-spool"));
        assertThat(configuration.sqliteDeadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.sqliteLookEvery()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.fullAfter()).isEqualTo(24);
        assertThat(configuration.sweepEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.progressEvery()).isEqualTo(Duration.ofSeconds(1));
    }
}
