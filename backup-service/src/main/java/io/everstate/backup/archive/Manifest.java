package io.everstate.backup.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an archive holds. The same document is the archive's last entry, then without {@link #archive()}, and an object beside it.
 *
 * @param archive the archive as stored; null within the archive itself
 * @param entries in the archive's order
 * @param notes what was listed and is not in the archive, or was copied byte by byte though it is a database, and why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"formatVersion", "backup", "archive", "entries", "notes"})
public record Manifest(
        int formatVersion, BackupMetadata backup, @Nullable Archive archive, List<Entry> entries, List<Note> notes) {
    public static final String NAME = "manifest.json";
    public static final String SUMS_NAME = "SHA256SUMS";

    /** Workspace files are below it in the archive, under their paths. */
    public static final String WORKSPACE = "workspace/";

    /** What Everstate itself adds is below it. */
    public static final String EVERSTATE = "everstate/";

    @JsonPropertyOrder({"object", "bytes", "sha256", "md5"})
    public record Archive(String object, long bytes, String sha256, String md5) {}

    public record Note(String path, String what) {}

    public enum EntryType {
        FILE,
        DIRECTORY,
        LINK
    }

    /**
     * @param name in the archive
     * @param sha256 of a file's content, in hexadecimal; null of others
     * @param linkTarget as the link has it; null of others
     * @param mode in octal
     * @param changedWhileRead true when the file was written to during every try to read it; else null
     * @param condition of a file that the inspection watches; null of others
     * @param database how an SQLite database was copied; null of all else
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({
        "name",
        "type",
        "size",
        "sha256",
        "linkTarget",
        "mode",
        "uid",
        "gid",
        "owner",
        "group",
        "modifiedAt",
        "changedAt",
        "changedWhileRead",
        "condition",
        "database"
    })
    public record Entry(
            String name,
            EntryType type,
            long size,
            @Nullable String sha256,
            @Nullable String linkTarget,
            String mode,
            long uid,
            long gid,
            String owner,
            String group,
            Instant modifiedAt,
            Instant changedAt,
            @Nullable Boolean changedWhileRead,
            @Nullable Condition condition,
            @Nullable CopyMethod database) {

        public boolean ofWorkspace() {
            return name.startsWith(WORKSPACE);
        }

        /** Relative to the workspace's root. */
        public String path() {
            return name.substring(WORKSPACE.length());
        }

        public int modeBits() {
            return Integer.parseInt(mode, 8);
        }
    }

    public Manifest stored(Archive stored) {
        return new Manifest(formatVersion, backup, stored, entries, notes);
    }

    public Manifest within() {
        return new Manifest(formatVersion, backup, null, entries, notes);
    }

    public int files() {
        return (int) entries.stream()
                .filter(entry -> entry.type() != EntryType.DIRECTORY)
                .count();
    }
}
