package io.everstate.backup.backup;

import io.everstate.backup.archive.ArchiveWriter;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileCondition;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads one path of a workspace after the other, in their order, whatever each is by now. */
final class EntryReader {
    private final Workspace workspace;
    private final boolean tolerant;
    private final FileCopies copies;
    private final Held held;

    /** @param tolerant whether what cannot be read is noted instead of failing */
    EntryReader(Workspace workspace, boolean tolerant, FileCopies copies, Held held) {
        this.workspace = workspace;
        this.tolerant = tolerant;
        this.copies = copies;
        this.held = held;
    }

    /** What an archive gets of a path that was read. */
    @FunctionalInterface
    interface Read {
        /** @return how many bytes of content were read */
        long write(ArchiveWriter writer) throws IOException;
    }

    /** Of a directory that could not be listed. */
    Read unlisted(String path) throws IOException {
        return refuse(path, new IOException(path + " cannot be looked into"));
    }

    /** @param spool holds the content of a file until it is written */
    Read read(String path, Spool spool) throws IOException {
        try {
            var place = workspace.root().resolve(path);
            var attributes = FileAttributes.of(place);
            return switch (attributes.type()) {
                case FILE -> file(path, place, attributes, spool);
                case DIRECTORY -> directory(path, attributes);
                case LINK -> link(path, place, attributes);
                case OTHER -> note(path, "it is neither a file nor a directory nor a link");
            };
        } catch (NoSuchFileException e) {
            return note(path, "it was deleted while the backup ran");
        }
    }

    private Read file(String path, Path place, FileAttributes attributes, Spool spool) throws IOException {
        var unchanged = held.unchanged(path, attributes, workspace);
        if (unchanged.isPresent()) {
            return held(unchanged.get(), 0);
        }
        FileCopies.Taken taken;
        try {
            taken = copies.take(path, place, spool);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            return refuse(path, e);
        }
        return switch (taken) {
            case FileCopies.Taken.LeftOut leftOut -> note(path, leftOut.why());
            case FileCopies.Taken.Content content -> file(path, content, spool);
        };
    }

    private Read file(String path, FileCopies.Taken.Content content, Spool spool) {
        var entry = held.orHeld(new Entry(
                Manifest.WORKSPACE + path,
                EntryType.FILE,
                spool.size(),
                spool.sha256(),
                null,
                Integer.toOctalString(content.attributes().mode()),
                content.attributes().uid(),
                content.attributes().gid(),
                content.attributes().owner(),
                content.attributes().group(),
                content.attributes().modifiedAt(),
                content.attributes().changedAt(),
                content.torn() ? true : null,
                condition(path, content, spool),
                content.database()));
        var read = entry.heldBy() == null ? stored(entry, spool) : held(entry, entry.size());
        if (content.refusal() == null) {
            return read;
        }
        var refused = note(path, "it was copied byte by byte: " + content.refusal());
        return writer -> refused.write(writer) + read.write(writer);
    }

    private static Read stored(Entry entry, Spool content) {
        return writer -> {
            writer.file(entry, content.open());
            return entry.size();
        };
    }

    private static Read held(Entry entry, long bytes) {
        return writer -> {
            writer.held(entry);
            return bytes;
        };
    }

    private static Read directory(String path, FileAttributes attributes) {
        var entry = entry(path, EntryType.DIRECTORY, attributes, null);
        return writer -> {
            writer.directory(entry);
            return 0;
        };
    }

    private static Read link(String path, Path place, FileAttributes attributes) throws IOException {
        var target = Files.readSymbolicLink(place).toString();
        var entry = entry(path, EntryType.LINK, attributes, target);
        return writer -> {
            writer.link(entry);
            return 0;
        };
    }

    private static Read note(String path, String what) {
        return writer -> {
            writer.note(Manifest.WORKSPACE + path, what);
            return 0;
        };
    }

    private Read refuse(String path, IOException e) throws IOException {
        if (!tolerant) {
            throw e;
        }
        return note(path, "it cannot be read: " + e.getMessage());
    }

    private static Entry entry(String path, EntryType type, FileAttributes attributes, @Nullable String linkTarget) {
        return new Entry(
                Manifest.WORKSPACE + path,
                type,
                0,
                null,
                linkTarget,
                Integer.toOctalString(attributes.mode()),
                attributes.uid(),
                attributes.gid(),
                attributes.owner(),
                attributes.group(),
                attributes.modifiedAt(),
                attributes.changedAt(),
                null,
                null,
                null);
    }

    /**
     * Only of files that the inspection watches. One that may be of several moments is no good copy, whatever it looks like, and neither is a
     * database that SQLite could not copy. Of one that was wanted byte by byte nothing is known.
     */
    private @Nullable Condition condition(String path, FileCopies.Taken.Content content, Spool spool) {
        if (!workspace.criticalFiles().contains(path)) {
            return null;
        }
        if (content.torn() || content.refusal() != null) {
            return Condition.UNREADABLE;
        }
        return switch (content.database()) {
            case ONLINE_BACKUP, RECOVERED -> Condition.OK;
            case BYTES -> null;
            case null -> FileCondition.of(path, spool).condition();
        };
    }
}
