package io.everstate.backup.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first entry of an archive: what it is, before anything has to be unpacked.
 *
 * @param formatVersion of archive, metadata and manifest together
 * @param files how many were listed when the backup began; one that was deleted while it ran is missing from the archive, and the
 *     manifest says so
 * @param safety whether it was taken to have a way back from a restore, and may lack files; null in archives of before this was said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"formatVersion", "id", "workspace", "kind", "time", "description", "files", "safety"})
public record BackupMetadata(
        int formatVersion,
        UUID id,
        String workspace,
        BackupKind kind,
        Instant time,
        String description,
        int files,
        @Nullable Boolean safety) {
    public static final int FORMAT_VERSION = 1;
    public static final String NAME = "backup_metadata.json";
}
