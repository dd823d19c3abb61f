package io.everstate.backup.archive;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.util.UUID;

/**
 * The first entry of an archive: what it is, before anything has to be unpacked.
 *
 * @param formatVersion of archive, metadata and manifest together
 * @param files how many were listed when the backup began; one that was deleted while it ran is missing from the archive, and the
 *     manifest says so
 */
@JsonPropertyOrder({"formatVersion", "id", "workspace", "kind", "time", "description", "files"})
public record BackupMetadata(
        int formatVersion, UUID id, String workspace, BackupKind kind, Instant time, String description, int files) {
    public static final int FORMAT_VERSION = 1;
    public static final String NAME = "backup_metadata.json";
}
