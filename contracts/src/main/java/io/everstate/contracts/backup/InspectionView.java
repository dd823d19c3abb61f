package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a workspace found now, beside what the newest verified backup says of the same files.
 *
 * @param newestBackup the verified backup compared with; null when there is none
 * @param missingDirectories essential directories that are not there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InspectionView(
        String workspace,
        Instant at,
        @Nullable UUID newestBackup,
        List<FileFinding> files,
        List<String> missingDirectories) {

    /**
     * @param role STATE or CONFIG
     * @param size in bytes now; -1 when missing
     * @param expectedSize in the newest verified backup; null when it does not hold the file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FileFinding(
            String path,
            Role role,
            Condition condition,
            long size,
            @Nullable String sha256,
            @Nullable Instant modifiedAt,
            @Nullable Long expectedSize,
            @Nullable String expectedSha256,
            @Nullable String explanation) {}

    public enum Role {
        STATE,
        CONFIG
    }

    /** OK says the file can be read as what it is, not that it is unchanged. */
    public enum Condition {
        OK,
        MISSING,
        EMPTY,
        UNREADABLE
    }
}
