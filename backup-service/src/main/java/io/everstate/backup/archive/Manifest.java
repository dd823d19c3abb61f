package io.everstate.backup.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.everstate.backup.sqlite.CopyMethod;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an archive holds. The same document is the archive's last entry, then without {@link #archive()}, and an object beside it.
 *
 * @param archive the archive as stored; null within the archive itself
 * @param entries in the archive's order, which is that of the paths but for what Everstate adds; there may be very many, so nobody should make all of them a collection of his own
 * @param notes what was listed and is not in the archive, or was copied byte by byte though it is a database, and why
 * @param chain of an INCREMENTAL, whose entries are the whole workspace though its archive is not; null of others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"formatVersion", "backup", "archive", "entries", "notes", "chain"})
public record Manifest(
        int formatVersion,
        BackupMetadata backup,
        @Nullable Archive archive,
        @JsonDeserialize(using = EntriesDeserializer.class) List<Entry> entries,
        @JsonDeserialize(using = NotesDeserializer.class) List<Note> notes,
        @Nullable Chain chain) {
    public static final String NAME = "manifest.json";
    public static final String SUMS_NAME = "SHA256SUMS";

    /** Names that an INCREMENTAL takes away from what its base unpacks to, each ended by NUL as {@code xargs -0} reads them. */
    public static final String DELETED_NAME = "DELETED";

    /** Workspace files are below it in the archive, under their paths. */
    public static final String WORKSPACE = "workspace/";

    /** What Everstate itself adds is below it. */
    public static final String EVERSTATE = "everstate/";

    @JsonPropertyOrder({"object", "bytes", "sha256", "md5"})
    public record Archive(String object, long bytes, String sha256, String md5) {}

    public record Note(String path, String what) {
        public Note {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(what, "what");
        }
    }

    /**
     * What an INCREMENTAL is built upon.
     *
     * @param members the backups that it needs, the oldest first, its base last
     * @param deleted names that are in its base's manifest and not in this one, or are something of another type here; there may be very many, so
     *     it is held as it comes, and must not change
     */
    public record Chain(
            @JsonDeserialize(using = MembersDeserializer.class)
            List<Member> members,

            @JsonDeserialize(using = DeletedDeserializer.class)
            List<String> deleted) {
        public Chain {
            members = List.copyOf(members);
            Objects.requireNonNull(deleted, "deleted");
        }
    }

    /** @param sha256 of its archive */
    public record Member(UUID id, String object, String sha256) {
        public Member {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(sha256, "sha256");
        }
    }

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
     * @param heldBy the backup whose archive holds this file's content; null when it is in this one
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
        "database",
        "heldBy"
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
            @Nullable CopyMethod database,
            @Nullable UUID heldBy) {

        /** JSON that anybody could have written may lack any of these. */
        public Entry {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(mode, "mode");
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(group, "group");
            Objects.requireNonNull(modifiedAt, "modifiedAt");
            Objects.requireNonNull(changedAt, "changedAt");
        }

        /** One whose content is in this archive. */
        public Entry(
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
            this(
                    name,
                    type,
                    size,
                    sha256,
                    linkTarget,
                    mode,
                    uid,
                    gid,
                    owner,
                    group,
                    modifiedAt,
                    changedAt,
                    changedWhileRead,
                    condition,
                    database,
                    null);
        }

        /** The same file, whose content is not repeated. */
        public Entry heldBy(UUID member) {
            return new Entry(
                    name,
                    type,
                    size,
                    sha256,
                    linkTarget,
                    mode,
                    uid,
                    gid,
                    owner,
                    group,
                    modifiedAt,
                    changedAt,
                    changedWhileRead,
                    condition,
                    database,
                    member);
        }

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
        return new Manifest(formatVersion, backup, stored, entries, notes, chain);
    }

    public Manifest within() {
        return new Manifest(formatVersion, backup, null, entries, notes, chain);
    }

    /** Whether the names of workspace files are in their order, each once: who goes through two manifests side by side relies on it. */
    public boolean inOrder() {
        var before = "";
        for (var entry : entries) {
            if (entry.ofWorkspace()) {
                if (entry.name().compareTo(before) <= 0) {
                    return false;
                }
                before = entry.name();
            }
        }
        return true;
    }

    public int files() {
        return (int) entries.stream()
                .filter(entry -> entry.type() != EntryType.DIRECTORY)
                .count();
    }
}
