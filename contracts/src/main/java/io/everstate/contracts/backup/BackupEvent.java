package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.wire.EventTypes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact about a backup, on {@code everstate.backup.events}, keyed by {@link #backupId()}. */
public sealed interface BackupEvent {
    String DOMAIN = "backup";

    UUID backupId();

    String workspace();

    Instant at();

    record BackupStarted(UUID backupId, String workspace, BackupKind kind, Instant at) implements BackupEvent {}

    /** Read back from storage, every checksum agreed. */
    record BackupCompleted(
            UUID backupId, String workspace, BackupKind kind, long archiveBytes, String sha256, Instant at)
            implements BackupEvent {}

    record BackupFailed(UUID backupId, String workspace, BackupKind kind, String reason, Instant at)
            implements BackupEvent {}

    record BackupCorrupted(UUID backupId, String workspace, String what, Instant at) implements BackupEvent {}

    /**
     * Given up by retention, its objects are gone.
     *
     * @param remains a younger good backup that stands for it
     */
    record BackupDeleted(UUID backupId, String workspace, BackupKind kind, String why, UUID remains, Instant at)
            implements BackupEvent {}

    /**
     * Retention deleted nothing, since too little would have remained.
     *
     * @param backupId the newest backup that it would have deleted
     */
    record RetentionRefused(UUID backupId, String workspace, String why, Instant at) implements BackupEvent {}

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
            implements BackupEvent {

        /** One after which all was sound. */
        public BackupRestored(
                UUID backupId, String workspace, UUID restoreId, @Nullable UUID safetyBackupId, int files, Instant at) {
            this(backupId, workspace, restoreId, safetyBackupId, files, at, null, null);
        }
    }

    /** {@code io.everstate.backup.backup-completed.v1}. */
    default String eventType() {
        return EventTypes.nameOf(DOMAIN, getClass());
    }
}
