package io.everstate.bot.critical;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.critical.CriticalConfiguration.Policy;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.contracts.backup.BackupKind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CriticalConfigurationTest {
    @Test
    void hasDefaults() {
        var configuration = SampleConfiguration.of(CriticalConfiguration.class, Map.of());

        assertThat(configuration.backup()).isEqualTo(Policy.BEST_EFFORT);
        assertThat(configuration.backupService()).isEmpty();
        assertThat(configuration.workspace()).isEqualTo("default");
        assertThat(configuration.kind()).isEqualTo(BackupKind.STATE_ONLY);
        assertThat(configuration.deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.covers()).isEqualTo(Duration.ofMinutes(1));
        assertThat(configuration.askAgain()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.except()).containsExactlyInAnyOrder("state-service", "recovery-service");
    }

    @Test
    void readsItsProperties() {
        var configuration = SampleConfiguration.of(
                CriticalConfiguration.class,
                Map.of(
                        "everstate.critical-changes.backup", "required",
                        "everstate.critical-changes.backup-service", "http://127.0.0.1:8083",
                        "everstate.critical-changes.kind", "FULL",
                        "everstate.critical-changes.covers", "0S"));

        assertThat(configuration.backup()).isEqualTo(Policy.REQUIRED);
        assertThat(configuration.backupService()).contains(URI.create("http://127.0.0.1:8083"));
        assertThat(configuration.kind()).isEqualTo(BackupKind.FULL);
        assertThat(configuration.covers()).isZero();
    }
}
