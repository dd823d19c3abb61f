package io.everstate.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.platform.Defaults;
import io.everstate.contracts.backup.BackupKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleConfigurationTest {
    @Test
    void takesAnExpressionForAWorkspaceAndKind() {
        var configuration = Defaults.of(
                ScheduleConfiguration.class, Map.of("everstate.schedule.cron.default.state-only", "0 */6 * * *"));

        assertThat(configuration.cron().get("default")).containsEntry(BackupKind.STATE_ONLY, "0 */6 * * *");
    }

    @Test
    void hasTheseDefaults() {
        var configuration = Defaults.of(ScheduleConfiguration.class, Map.of());

        assertThat(configuration.atStart()).isTrue();
        assertThat(configuration.fullEvery()).isEqualTo(Duration.ofHours(6));
        assertThat(configuration.incrementalEvery()).isZero();
        assertThat(configuration.retryAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.tries()).isEqualTo(4);
        assertThat(configuration.cron()).isEmpty();
        assertThat(configuration.zone().getId()).isEqualTo("UTC");
        assertThat(configuration.jitter()).isZero();
        assertThat(configuration.lookEvery()).isEqualTo(Duration.ofSeconds(30));
    }
}
