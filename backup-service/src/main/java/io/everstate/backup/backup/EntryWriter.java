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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts one path of a workspace after the other into an archive, whatever it is by now. */
final class EntryWriter {
    private final Workspace workspace;
    private final boolean tolerant;
    private final ArchiveWriter writer;
    private final FileCopies copies;
    private final Spool spool;
    private final Held held;

    /** @param tolerant whether what cannot be read is noted instead of failing */
    EntryWriter(
            Workspace workspace, boolean tolerant, ArchiveWriter writer, FileCopies copies, Spool spool, Held held) {
        this.workspace = workspace;
        this.tolerant = tolerant;
        this.writer = writer;
        this.copies = copies;
        this.spool = spool;
        this.held = held;
    }

    void unlisted(List<String> paths) throws IOException {
        for (var path : paths) {
            refuse(path, new IOException(path + " cannot be looked into"));
        }
    }

    /** @return how many bytes of content were read */
    long write(String path) throws IOException {
        try {
            var place = workspace.root().resolve(path);
            var attributes = FileAttributes.of(place);
            return switch (attributes.type()) {
                case FILE -> file(path, place, attributes);
                case DIRECTORY -> directory(path, attributes);
                case LINK -> link(path, place, attributes);
                case OTHER -> note(path, "it is neither a file nor a directory nor a link");
            };
        } catch (NoSuchFileException e) {
            return note(path, "it was deleted while the backup ran");
        }
    }

    private long file(String path, Path place, FileAttributes attributes) throws IOException {
        var unchanged = held.unchanged(path, attributes, workspace);
        if (unchanged.isPresent()) {
            writer.held(unchanged.get());
            return 0;
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
            case FileCopies.Taken.Content content -> file(path, content);
        };
    }

    private long file(String path, FileCopies.Taken.Content content) throws IOException {
        if (content.refusal() != null) {
            note(path, "it was copied byte by byte: " + content.refusal());
        }
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
                condition(path, content),
                content.database()));
        if (entry.heldBy() != null) {
            writer.held(entry);
            return entry.size();
        }
        try (var input = spool.open()) {
            writer.file(entry, input);
        }
        return entry.size();
    }

    private long directory(String path, FileAttributes attributes) throws IOException {
        writer.directory(entry(path, EntryType.DIRECTORY, attributes, null));
        return 0;
    }

    private long link(String path, Path place, FileAttributes attributes) throws IOException {
        var target = Files.readSymbolicLink(place).toString();
        writer.link(entry(path, EntryType.LINK, attributes, target));
        return 0;
    }

    private long note(String path, String what) {
        writer.note(Manifest.WORKSPACE + path, what);
        return 0;
    }

    private long refuse(String path, IOException e) throws IOException {
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
    private @Nullable Condition condition(String path, FileCopies.Taken.Content content) {
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
