package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.wire.EventTypes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact about backups and where they are kept, on {@code everstate.backup.events}, keyed by {@link #key()}. */
public sealed interface BackupEvent {
    String DOMAIN = "backup";

    /** Of the record; what has the same key stays in its order. */
    String key();

    Instant at();

    /** {@code io.everstate.backup.backup-completed.v1}. */
    default String eventType() {
        return EventTypes.nameOf(DOMAIN, getClass());
    }

    /** Of one backup. */
    sealed interface OfBackup extends BackupEvent {
        UUID backupId();

        String workspace();

        @Override
        default String key() {
            return backupId().toString();
        }
    }

    /** Of how well a workspace is protected. */
    sealed interface OfWorkspace extends BackupEvent {
        String workspace();

        @Override
        default String key() {
            return workspace();
        }
    }

    /** Of the place where backups are kept. */
    sealed interface OfStorage extends BackupEvent {
        @Override
        default String key() {
            return "storage";
        }
    }

    /** Of the kit that people keep for the day on which nothing of ours runs. */
    sealed interface OfRecoveryKit extends BackupEvent {
        @Override
        default String key() {
            return "recovery-kit";
        }
    }

    record BackupStarted(UUID backupId, String workspace, BackupKind kind, Instant at) implements OfBackup {}

    /**
     * Read back from storage, every checksum agreed.
     *
     * @param seal the one of the workspace's chain that says so; null of one that was completed before there were seals
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BackupCompleted(
            UUID backupId,
            String workspace,
            BackupKind kind,
            long archiveBytes,
            String sha256,
            Instant at,
            @Nullable SealHead seal)
            implements OfBackup {

        /** One without a seal. */
        public BackupCompleted(
                UUID backupId, String workspace, BackupKind kind, long archiveBytes, String sha256, Instant at) {
            this(backupId, workspace, kind, archiveBytes, sha256, at, null);
        }
    }

    record BackupFailed(UUID backupId, String workspace, BackupKind kind, String reason, Instant at)
            implements OfBackup {}

    record BackupCorrupted(UUID backupId, String workspace, String what, Instant at) implements OfBackup {}

    /**
     * Given up by retention, its objects are gone.
     *
     * @param remains a younger good backup that stands for it
     */
    record BackupDeleted(UUID backupId, String workspace, BackupKind kind, String why, UUID remains, Instant at)
            implements OfBackup {}

    /**
     * Retention deleted nothing, since too little would have remained.
     *
     * @param backupId the newest backup that it would have deleted
     */
    record RetentionRefused(UUID backupId, String workspace, String why, Instant at) implements OfBackup {}

    /**
     * @param findings how many files were not sound afterwards; null = none
     * @param lost how many files a damaged archive did not give back; null = all were restored
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BackupRestored(
            UUID backupId,
            String workspace,
            UUID restoreId,
            @Nullable UUID safetyBackupId,
            int files,
            Instant at,
            @Nullable Integer findings,
            @Nullable Integer lost)
            implements OfBackup {

        /** One after which all was sound. */
        public BackupRestored(
                UUID backupId, String workspace, UUID restoreId, @Nullable UUID safetyBackupId, int files, Instant at) {
            this(backupId, workspace, restoreId, safetyBackupId, files, at, null, null);
        }
    }

    /**
     * The newest verified FULL has become too old, or there has been none for so long.
     *
     * @param takenAt of that FULL; null when there is none
     * @param tooOldAfterSeconds the age from which on it is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BackupTooOld(String workspace, @Nullable Instant takenAt, long tooOldAfterSeconds, Instant at)
            implements OfWorkspace {}

    /**
     * There is a verified FULL again that is not too old.
     *
     * @param takenAt of that FULL
     */
    record BackupRecentAgain(String workspace, Instant takenAt, Instant at) implements OfWorkspace {}

    /**
     * Somebody removed, exchanged, forged or took back backups in the bucket. What was told is not told again.
     *
     * @param checkId of the check that found it
     * @param findings how many are new
     * @param what the first of them: its kind, the object, what was expected and what is there
     */
    record SealsBroken(String workspace, UUID checkId, long findings, String what, Instant at) implements OfWorkspace {}

    /**
     * What is stored has reached a part of the capacity.
     *
     * @param threshold in percent
     */
    record StorageFilling(int threshold, long usedBytes, long capacityBytes, Instant at) implements OfStorage {}

    /**
     * What is stored is clearly less than a part of the capacity that it had reached.
     *
     * @param threshold in percent
     */
    record StorageEased(int threshold, long usedBytes, long capacityBytes, Instant at) implements OfStorage {}

    /**
     * The recovery kit that is kept is too old or leads to a backup that is none any more, or nobody has kept one for so long.
     *
     * @param madeAt of the one that is kept; null when none is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RecoveryKitTooOld(@Nullable Instant madeAt, String why, Instant at) implements OfRecoveryKit {}

    /** Somebody keeps a recovery kit again that is of use. */
    record RecoveryKitRecentAgain(Instant madeAt, Instant at) implements OfRecoveryKit {}
}
