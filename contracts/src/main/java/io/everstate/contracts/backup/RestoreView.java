package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param step what it does now, or did last
 * @param safetyBackupId the backup of what was there before, taken first; null until it is COMPLETED
 * @param files restored, relative to the workspace
 * @param report what it has found out so far
 * @param dryRun true of one that changes nothing; else null
 * @param to the directory, relative to the configured root, in which the files are, if it is not the workspace
 * @param freshBackup of what a restore of a whole workspace left; null of others
 * @param rollbackOf the restore that this one takes back; null of others
 * @param bytesDone how much was read of the archives that it needs, as they are stored; null before the first was begun
 * @param bytesTotal of all of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreView(
        UUID id,
        UUID backupId,
        String workspace,
        Status status,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        @Nullable UUID safetyBackupId,
        List<String> files,
        @Nullable String failure,
        @Nullable Step step,
        @Nullable RestoreReport report,
        @Nullable Boolean dryRun,
        @Nullable String to,
        @Nullable FreshBackup freshBackup,
        @Nullable UUID rollbackOf,
        @Nullable Long bytesDone,
        @Nullable Long bytesTotal) {

    public RestoreView(
            UUID id,
            UUID backupId,
            String workspace,
            Status status,
            Instant requestedAt,
            @Nullable Instant finishedAt,
            @Nullable UUID safetyBackupId,
            List<String> files,
            @Nullable String failure) {
        this(
                id,
                backupId,
                workspace,
                status,
                requestedAt,
                finishedAt,
                safetyBackupId,
                files,
                failure,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Whatever becomes of it, the restore stays what it is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FreshBackup(
            UUID id, BackupView.Status status, @Nullable String failure) {}

    /** In their order. */
    public enum Step {
        WAITING,
        VERIFYING,
        SAFETY_BACKUP,
        SWAPPING,
        VALIDATING
    }

    public enum Status {
        RUNNING,
        COMPLETED,
        /** Of a damaged archive: what the report counts as lost is not restored. */
        PARTIAL,
        FAILED,
        ROLLED_BACK
    }
}
