package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param status COMPLETED means read back from storage and every checksum agreed
 * @param verifiedAt when all of its archive was read from storage last; null before it was
 * @param bytesDone of the workspace's files so far; all of them when finished
 * @param bytesTotal how many there were to read when the backup began; null before that
 * @param archiveBytes size of the stored archive; null before it is stored
 * @param failure why it failed, what is corrupt, or why it was given up; null otherwise
 * @param pin why somebody wants it kept; null when nobody does
 * @param base the backup that it is the changes since; null of one that needs no other
 * @param chainPosition how many backups it needs, its base and theirs; null of one that needs no other
 * @param note why it is a FULL though an INCREMENTAL was asked for; null otherwise
 * @param proof of the newest drill that restored it; null when none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupView(
        UUID id,
        String workspace,
        BackupKind kind,
        Status status,
        String description,
        Instant requestedAt,
        @Nullable Instant verifiedAt,
        int files,
        long bytesDone,
        @Nullable Long bytesTotal,
        @Nullable Long archiveBytes,
        @Nullable String objectName,
        @Nullable String sha256,
        @Nullable String md5,
        @Nullable String failure,
        @Nullable String pin,
        @Nullable UUID base,
        @Nullable Integer chainPosition,
        @Nullable String note,
        @Nullable Proof proof) {

    public BackupView(
            UUID id,
            String workspace,
            BackupKind kind,
            Status status,
            String description,
            Instant requestedAt,
            @Nullable Instant verifiedAt,
            int files,
            long bytesDone,
            @Nullable Long archiveBytes,
            @Nullable String objectName,
            @Nullable String sha256,
            @Nullable String md5,
            @Nullable String failure) {
        this(
                id,
                workspace,
                kind,
                status,
                description,
                requestedAt,
                verifiedAt,
                files,
                bytesDone,
                null,
                archiveBytes,
                objectName,
                sha256,
                md5,
                failure,
                null,
                null,
                null,
                null,
                null);
    }

    /**
     * That a drill restored it.
     *
     * @param at when what it restored was compared
     * @param drillRun which run of a drill
     * @param compared what was compared with what
     */
    public record Proof(Instant at, String drillRun, String compared) {}

    public enum Status {
        REQUESTED,
        RUNNING,
        UPLOADED,
        /** A rebuild of the catalogue found it in the bucket and has not read it back yet. */
        FOUND,
        COMPLETED,
        FAILED,
        CORRUPTED,
        /** Given up by retention; its objects go. */
        EXPIRED,
        DELETED
    }
}
