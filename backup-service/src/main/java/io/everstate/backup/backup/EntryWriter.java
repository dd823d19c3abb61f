package io.everstate.backup.backup;

import io.everstate.backup.archive.ArchiveWriter;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.FileCondition;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.StableCopy;
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
    private final StableCopy copy;
    private final Spool spool;

    /** @param tolerant whether what cannot be read is noted instead of failing */
    EntryWriter(Workspace workspace, boolean tolerant, ArchiveWriter writer, StableCopy copy, Spool spool) {
        this.workspace = workspace;
        this.tolerant = tolerant;
        this.writer = writer;
        this.copy = copy;
        this.spool = spool;
    }

    void unlisted(List<String> paths) throws IOException {
        for (var path : paths) {
            refuse(path, new IOException(path + " cannot be looked into"));
        }
    }

    /** @return how many bytes of content went in */
    long write(String path) throws IOException {
        try {
            var place = workspace.root().resolve(path);
            var attributes = FileAttributes.of(place);
            return switch (attributes.type()) {
                case FILE -> file(path, place);
                case DIRECTORY -> directory(path, attributes);
                case LINK -> link(path, place, attributes);
                case OTHER -> note(path, "it is neither a file nor a directory nor a link");
            };
        } catch (NoSuchFileException e) {
            return note(path, "it was deleted while the backup ran");
        }
    }

    private long file(String path, Path place) throws IOException {
        StableCopy.Copied copied;
        try {
            copied = copy.copy(place, spool);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            return refuse(path, e);
        }
        var entry = entry(path, EntryType.FILE, copied.attributes(), null, copied.torn());
        try (var content = spool.open()) {
            writer.file(entry, content);
        }
        return entry.size();
    }

    private long directory(String path, FileAttributes attributes) throws IOException {
        writer.directory(entry(path, EntryType.DIRECTORY, attributes, null, false));
        return 0;
    }

    private long link(String path, Path place, FileAttributes attributes) throws IOException {
        var target = Files.readSymbolicLink(place).toString();
        writer.link(entry(path, EntryType.LINK, attributes, target, false));
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

    private Entry entry(
            String path, EntryType type, FileAttributes attributes, @Nullable String linkTarget, boolean torn)
            throws IOException {
        var file = type == EntryType.FILE;
        return new Entry(
                Manifest.WORKSPACE + path,
                type,
                file ? spool.size() : 0,
                file ? spool.sha256() : null,
                linkTarget,
                Integer.toOctalString(attributes.mode()),
                attributes.uid(),
                attributes.gid(),
                attributes.owner(),
                attributes.group(),
                attributes.modifiedAt(),
                attributes.changedAt(),
                torn ? true : null,
                file ? condition(path, torn) : null);
    }

    /** Only of files that the inspection watches. One that may be of several moments is no good copy, whatever it looks like. */
    private @Nullable Condition condition(String path, boolean torn) throws IOException {
        if (!workspace.criticalFiles().contains(path)) {
            return null;
        }
        return torn ? Condition.UNREADABLE : FileCondition.of(path, spool).condition();
    }
}
