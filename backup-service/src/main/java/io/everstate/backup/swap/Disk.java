package io.everstate.backup.swap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The writes of a restore, each of which has happened wholly or not at all, and has happened for good when the call returns. One interface,
 * so that a test can end the process between any two of them.
 */
public class Disk {
    void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
        sync(parent(directory));
    }

    /** The content is on disk before the stream's close returns; the name need not be. */
    OutputStream createFile(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
                Files.createLink(second, file);
            } catch (UnsupportedOperationException e) {
                Files.copy(file, second, StandardCopyOption.COPY_ATTRIBUTES);
                sync(second);
            }
        }
        sync(parent(second));
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
