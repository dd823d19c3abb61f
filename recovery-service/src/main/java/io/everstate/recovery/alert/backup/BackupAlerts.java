package io.everstate.recovery.alert.backup;

import io.everstate.contracts.backup.BackupEvent;
import io.everstate.contracts.backup.BackupEvent.BackupCorrupted;
import io.everstate.contracts.backup.BackupEvent.BackupFailed;
import io.everstate.contracts.backup.BackupEvent.BackupRecentAgain;
import io.everstate.contracts.backup.BackupEvent.BackupTooOld;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitRecentAgain;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitTooOld;
import io.everstate.contracts.backup.BackupEvent.RetentionRefused;
import io.everstate.contracts.backup.BackupEvent.SealsBroken;
import io.everstate.contracts.backup.BackupEvent.StorageEased;
import io.everstate.contracts.backup.BackupEvent.StorageFilling;
import io.everstate.recovery.alert.Alert;
import io.everstate.recovery.alert.AlertConfig;
import io.everstate.recovery.alert.AlertKind;
import io.everstate.recovery.alert.AlertOutbox;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Tells people of backups that went wrong: once for each event, however often it is read, and not at all when it is old. */
@Singleton
class BackupAlerts {
    private static final Logger LOG = Logger.getLogger(BackupAlerts.class);

    private final AlertOutbox outbox;
    private final AlertConfig config;
    private final Clock clock;

    BackupAlerts(AlertOutbox outbox, AlertConfig config, Clock clock) {
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
    }

    @Transactional
    public void hear(UUID eventId, BackupEvent event) {
        if (event.at().isBefore(clock.instant().minus(config.maxEventAge()))) {
            LOG.debugf("event %s is too old to be told", eventId);
            return;
        }
        switch (event) {
            case BackupFailed failed -> tell(eventId, failed, AlertKind.BACKUP_FAILED, text(failed));
            case BackupCorrupted corrupted -> tell(eventId, corrupted, AlertKind.BACKUP_CORRUPTED, text(corrupted));
            case SealsBroken broken -> tell(eventId, broken, AlertKind.SEALS_BROKEN, text(broken));
            case RetentionRefused refused -> tell(eventId, refused, AlertKind.RETENTION_REFUSED, text(refused));
            case BackupTooOld old -> tell(eventId, old, AlertKind.BACKUP_TOO_OLD, text(old));
            case BackupRecentAgain recent -> tell(eventId, recent, AlertKind.BACKUP_RECENT_AGAIN, text(recent));
            case StorageFilling filling -> tell(eventId, filling, AlertKind.STORAGE_FILLING, text(filling));
            case StorageEased eased -> tell(eventId, eased, AlertKind.STORAGE_EASED, text(eased));
            case RecoveryKitTooOld old -> tell(eventId, old, AlertKind.RECOVERY_KIT_TOO_OLD, text(old));
            case RecoveryKitRecentAgain recent ->
                tell(eventId, recent, AlertKind.RECOVERY_KIT_RECENT_AGAIN, text(recent));
            case BackupEvent.BackupStarted started -> {}
            case BackupEvent.BackupDeleted deleted -> {}
            case BackupEvent.BackupCompleted completed -> {}
            case BackupEvent.BackupRestored restored -> {}
        }
    }

    private void tell(UUID eventId, BackupEvent event, AlertKind kind, String text) {
        outbox.add(Alert.of(kind, text, event.at(), eventId));
    }

    private static String text(BackupFailed failed) {
        return "Backup " + failed.kind() + " of workspace " + failed.workspace() + " failed: " + failed.reason()
                + " (backup " + failed.backupId() + ")";
    }

    private static String text(SealsBroken broken) {
        return "Somebody changed backups of workspace %s in the bucket: %s (%d new findings, check %s)"
                .formatted(broken.workspace(), broken.what(), broken.findings(), broken.checkId());
    }

    private static String text(RetentionRefused refused) {
        return "No backup of workspace " + refused.workspace() + " was cleaned up: " + refused.why();
    }

    private static String text(BackupTooOld old) {
        var newest =
                old.takenAt() == null ? "there is no verified FULL" : "the newest verified FULL is of " + old.takenAt();
        return "The backup of workspace " + old.workspace() + " is too old: " + newest
                + ", and it must not be older than " + Duration.ofSeconds(old.tooOldAfterSeconds());
    }

    private static String text(BackupRecentAgain recent) {
        return "The backup of workspace " + recent.workspace() + " is recent again: the newest verified FULL is of "
                + recent.takenAt();
    }

    private static String text(StorageFilling filling) {
        return "The storage of backups is filling up: %d of %d bytes are used, %d %% or more"
                .formatted(filling.usedBytes(), filling.capacityBytes(), filling.threshold());
    }

    private static String text(StorageEased eased) {
        return "The storage of backups has room again: %d of %d bytes are used, clearly less than %d %%"
                .formatted(eased.usedBytes(), eased.capacityBytes(), eased.threshold());
    }

    private static String text(RecoveryKitTooOld old) {
        var kept = old.madeAt() == null
                ? "Nobody keeps a recovery kit: "
                : "The recovery kit of " + old.madeAt() + " is of no use: ";
        return kept + old.why() + "; `everstate recovery-kit` writes a new one";
    }

    private static String text(RecoveryKitRecentAgain recent) {
        return "Somebody keeps a recovery kit again that is of use: it was made at " + recent.madeAt();
    }

    private static String text(BackupCorrupted corrupted) {
        return "A backup of workspace " + corrupted.workspace() + " is corrupt and will not be restored: "
                + corrupted.what() + " (backup " + corrupted.backupId() + ")";
    }
}
