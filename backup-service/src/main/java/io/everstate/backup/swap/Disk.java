package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.workspace.FileTurn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The writes of a restore, each of which has happened wholly or not at all. Directories of its own, documents, deletions and what is taken away are
 * on disk when the call returns; new files, second names, renames and modes are only when {@link #flush} returns, or at once where the file system has to be
 * forced write by write. One class, so that a test can end the process, or cut its power, between any two of them.
 */
public class Disk implements AutoCloseable {
    /** Open to its owner alone: files lie in it whose own modes are closer than a directory's usual one. */
    static final FileAttribute<?> OWNERS_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static final FileAttribute<?> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Flush flush;

    /** Every write is on disk when the call returns. */
    public Disk() {
        this(Flush.NONE);
    }

    Disk(Flush flush) {
        this.flush = flush;
    }

    /**
     * To be closed when all is written.
     *
     * @param directory on the file system that is written to
     */
    public static Disk at(Path directory) throws IOException {
        return new Disk(Syncfs.of(directory));
    }

    /** All that was written before is on disk when it returns. */
    void flush() throws IOException {
        flush.now();
    }

    /** In the workspace, as anybody would make it. */
    void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
        forceLater(parent(directory));
    }

    void createOwnDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, OWNERS_DIRECTORY);
        force(parent(directory));
    }

    /** Nobody but the owner can read it. The stream's close does for the content what the other writes do; of the name it says nothing. */
    OutputStream createFile(Path file) throws IOException {
        var channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNERS_FILE);
        return flush.covers(file) ? Channels.newOutputStream(channel) : new SyncedOutputStream(channel);
    }

    void createLink(Path link, Path target) throws IOException {
        Files.createSymbolicLink(link, target);
        forceLater(parent(link));
    }

    /** Gives a file or directory the mode, owner and time of its entry. */
    void dress(Path path, Entry entry) throws IOException {
        FileDress.put(path, entry);
        forceLater(path);
    }

    /** A second name of the file, or a copy where the file system has no such thing. Links are not followed. */
    void keep(Path file, Path second) throws IOException {
        if (Files.isSymbolicLink(file)) {
            Files.createSymbolicLink(second, Files.readSymbolicLink(file));
        } else {
            try {
                link(second, file);
            } catch (NoSuchFileException | FileAlreadyExistsException e) {
                throw e;
            } catch (FileSystemException | UnsupportedOperationException e) {
                copy(file, second);
            }
        }
        forceLater(parent(second));
    }

    private void copy(Path file, Path second) throws IOException {
        try (var _ = FileTurn.of(file)) {
            Files.copy(file, second, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
        forceLater(second);
    }

    /** Refused in many ways: by the file system, by its mount, or by a kernel that guards other people's files. */
    void link(Path second, Path file) throws IOException {
        Files.createLink(second, file);
    }

    /** Puts a file in the place of whatever file has that name. A reader sees the one or the other. */
    void replace(Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the workspace is not on one file system: " + target, e);
        }
        forceLater(parent(target));
    }

    /** Takes a file out of the workspace; it is in the one place or in the other, and in the other when it returns. */
    void takeAway(Path file, Path target) throws IOException {
        replace(file, target);
        force(parent(target));
        force(parent(file));
    }

    void delete(Path path) throws IOException {
        if (Files.deleteIfExists(path)) {
            force(parent(path));
        }
    }

    /** Writes a small document so that it is there whole or not at all. */
    void write(Path file, byte[] content) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (var output = createFile(temporary)) {
            output.write(content);
        }
        force(temporary);
        replace(temporary, file);
        force(parent(file));
    }

    private void forceLater(Path path) throws IOException {
        if (!flush.covers(path)) {
            force(path);
        }
    }

    /** A file's content and mode, or a directory's names, are on disk when it returns. */
    void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        flush.close();
    }

    static Path parent(Path path) throws IOException {
        var parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + " has no parent");
        }
        return parent;
    }
}
