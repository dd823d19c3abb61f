package io.everstate.backup.seal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.everstate.contracts.backup.BackupKind;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One link of a workspace's chain: a backup was written and read back, or its objects may be gone from now on.
 *
 * @param number 1, 2, 3 ... within the workspace, whatever the kinds of the backups
 * @param previous SHA-256 of the seal before this one as it is stored, in hexadecimal; null of the first
 * @param why it was removed; null of one that was stored
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"formatVersion", "workspace", "number", "previous", "act", "at", "backup", "why"})
public record Seal(
        int formatVersion,
        String workspace,
        long number,
        @Nullable String previous,
        Act act,
        Instant at,
        SealedBackup backup,
        @Nullable String why) {
    static final int FORMAT_VERSION = 1;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public enum Act {
        /** Archive and manifest were read back, and are these. */
        STORED,
        /** It was given up, or failed after all: its objects may be missing. */
        REMOVED
    }

    /** Anybody may have written what is read as one. */
    boolean isWhole() {
        return workspace != null
                && number > 0
                && (previous == null || SHA256.matcher(previous).matches())
                && act != null
                && at != null
                && backup != null
                && backup.isWhole();
    }

    /** @param sha256 of the seal with that number; null where it is 0 */
    public boolean follows(String ofWorkspace, long before, @Nullable String sha256) {
        return workspace.equals(ofWorkspace)
                && number == before + 1
                && (previous == null ? sha256 == null : previous.equals(sha256));
    }

    /**
     * @param archive the object's name
     * @param bytes of the archive as it is stored
     * @param sha256 of the same, in hexadecimal
     * @param manifest the name of the object beside it
     * @param manifestSha256 of that as it is stored
     */
    @JsonPropertyOrder({"id", "kind", "archive", "bytes", "sha256", "manifest", "manifestSha256"})
    public record SealedBackup(
            UUID id,
            BackupKind kind,
            String archive,
            long bytes,
            String sha256,
            String manifest,
            String manifestSha256) {
        boolean isWhole() {
            return id != null
                    && kind != null
                    && archive != null
                    && sha256 != null
                    && manifest != null
                    && manifestSha256 != null;
        }
    }
}
