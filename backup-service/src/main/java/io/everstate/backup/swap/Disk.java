package io.everstate.backup.swap;

import io.everstate.backup.workspace.FileTurn;
import java.io.IOException;
import java.io.OutputStream;
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
 * The writes of a restore, each of which has happened wholly or not at all, and has happened for good when the call returns. One interface,
 * so that a test can end the process between any two of them.
 */
public class Disk {
    /** Open to its owner alone: files lie in it whose own modes are closer than a directory's usual one. */
    static final FileAttribute<?> OWNERS_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static final FileAttribute<?> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** In the workspace, as anybody would make it. */
    void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
        sync(parent(directory));
    }

    void createOwnDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, OWNERS_DIRECTORY);
        sync(parent(directory));
    }

    /** The content is on disk before the stream's close returns; the name need not be. Nobody but the owner can read it. */
    OutputStream createFile(Path file) throws IOException {
        var channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNERS_FILE);
        return new SyncedOutputStream(channel);
    }

    void createLink(Path link, Path target) throws IOException {
        Files.createSymbolicLink(link, target);
        sync(parent(link));
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
        sync(parent(second));
    }

    private static void copy(Path file, Path second) throws IOException {
        try (var _ = FileTurn.of(file)) {
            Files.copy(file, second, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
        sync(second);
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
        sync(parent(target));
    }

    /** Takes a file out of the workspace; it is in the one place or in the other. */
    void takeAway(Path file, Path target) throws IOException {
        replace(file, target);
        sync(parent(file));
    }

    void delete(Path path) throws IOException {
        if (Files.deleteIfExists(path)) {
            sync(parent(path));
        }
    }

    /** Writes a small document so that it is there whole or not at all. */
    void write(Path file, byte[] content) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (var output = createFile(temporary)) {
            output.write(content);
        }
        replace(temporary, file);
    }

    static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path parent(Path path) throws IOException {
        var parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + " has no parent");
        }
        return parent;
    }
}
