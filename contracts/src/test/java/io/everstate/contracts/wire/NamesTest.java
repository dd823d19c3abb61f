package io.everstate.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.BackupEvent;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.mode.ModeChanged;
import io.everstate.contracts.recovery.RecoveryEvent;
import org.junit.jupiter.api.Test;

/** What is stored in the log for ever must not follow a renamed class. */
class NamesTest {
    @Test
    void namesEveryBotEvent() {
        assertThat(EventTypes.byName(BotEvent.DOMAIN, BotEvent.class))
                .containsOnlyKeys(
                        "io.everstate.bot.bot-created.v1",
                        "io.everstate.bot.bot-started.v1",
                        "io.everstate.bot.bot-stopped.v1",
                        "io.everstate.bot.bot-restarted.v1",
                        "io.everstate.bot.bot-configured.v1",
                        "io.everstate.bot.bot-paused.v1",
                        "io.everstate.bot.bot-resumed.v1",
                        "io.everstate.bot.bot-deleted.v1",
                        "io.everstate.bot.bot-not-returned.v1",
                        "io.everstate.bot.returned-after-pause.v1",
                        "io.everstate.bot.trade-executed.v1",
                        "io.everstate.bot.limit-reached.v1",
                        "io.everstate.bot.cycle-executed.v1",
                        "io.everstate.bot.emergency-stopped.v1",
                        "io.everstate.bot.emergency-cleared.v1",
                        "io.everstate.bot.checkpoint-taken.v1",
                        "io.everstate.bot.external-reported.v1",
                        "io.everstate.bot.heartbeat-recorded.v1",
                        "io.everstate.bot.silence-noticed.v1",
                        "io.everstate.bot.document-saved.v1",
                        "io.everstate.bot.token-issued.v1");
        assertThat(OwnershipClaimed.TYPE).isEqualTo("io.everstate.bot.ownership-claimed.v1");
    }

    @Test
    void namesEveryBackupEvent() {
        assertThat(EventTypes.byName(BackupEvent.DOMAIN, BackupEvent.class))
                .containsOnlyKeys(
                        "io.everstate.backup.backup-started.v1",
                        "io.everstate.backup.backup-completed.v1",
                        "io.everstate.backup.backup-failed.v1",
                        "io.everstate.backup.backup-corrupted.v1",
                        "io.everstate.backup.backup-restored.v1",
                        "io.everstate.backup.backup-deleted.v1",
                        "io.everstate.backup.retention-refused.v1",
                        "io.everstate.backup.backup-too-old.v1",
                        "io.everstate.backup.backup-recent-again.v1",
                        "io.everstate.backup.seals-broken.v1",
                        "io.everstate.backup.storage-filling.v1",
                        "io.everstate.backup.storage-eased.v1",
                        "io.everstate.backup.recovery-kit-too-old.v1",
                        "io.everstate.backup.recovery-kit-recent-again.v1");
    }

    @Test
    void namesEveryRecoveryEvent() {
        assertThat(EventTypes.byName(RecoveryEvent.DOMAIN, RecoveryEvent.class))
                .containsOnlyKeys(
                        "io.everstate.recovery.disaster-detected.v1",
                        "io.everstate.recovery.run-started.v1",
                        "io.everstate.recovery.step-done.v1",
                        "io.everstate.recovery.run-completed.v1",
                        "io.everstate.recovery.run-failed.v1");
    }

    @Test
    void givesAnEventTheNameUnderWhichItIsFound() {
        var byName = EventTypes.byName(BotEvent.DOMAIN, BotEvent.class);

        assertThat(byName.get(new BotStarted().eventType())).isEqualTo(BotStarted.class);
    }

    @Test
    void namesTheTopics() {
        assertThat(Topics.BOT_EVENTS).isEqualTo("everstate.bot.events");
        assertThat(Topics.BOT_EVENTS_DEAD_LETTER).isEqualTo("everstate.bot.events.dead-letter");
        assertThat(Topics.BOT_OWNERS).isEqualTo("everstate.bot.owners");
        assertThat(Topics.BACKUP_EVENTS).isEqualTo("everstate.backup.events");
        assertThat(Topics.RECOVERY_EVENTS).isEqualTo("everstate.recovery.events");
        assertThat(Topics.SYSTEM_MODE).isEqualTo("everstate.system.mode");
        assertThat(ModeChanged.TYPE).isEqualTo("io.everstate.system.mode-changed.v1");
    }
}
