package io.everstate.backup.sqlite;

import io.everstate.backup.workspace.SpoolException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * A directory below the spool for the files of one copy, open to the service alone: SQLite knows files by names only. It is removed with all in it
 * when it is closed. What the end of a process leaves is known by its lock, which nobody holds any more.
 */
final class Room implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Room.class);
    private static final String PREFIX = "everstate-sqlite-";
    private static final String LOCK = "lock";
    /** A younger one may not have got its lock yet. */
    private static final Duration GROWN_UP = Duration.ofMinutes(1);

    private final Path directory;
    private final FileChannel lock;

    private Room(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static Room in(Path spoolDirectory) {
        try {
            Files.createDirectories(spoolDirectory);
            var directory = Files.createTempDirectory(
                            spoolDirectory,
                            PREFIX,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                    .toRealPath();
            var lock =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            return new Room(directory, lock);
        } catch (IOException e) {
            throw new SpoolException(spoolDirectory, e);
        }
    }

    /** A new, empty file, for its owner alone; nothing is left of one of that name or beside it. */
    Path emptyFile(String name) {
        var file = directory.resolve(name);
        try {
            try (var old = Files.newDirectoryStream(directory, name + "*")) {
                for (var left : old) {
                    Files.delete(left);
                }
            }
            return Files.createFile(
                    file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new SpoolException(directory, e);
        }
    }

    @Override
    public void close() {
        try (lock) {
            remove(directory);
        } catch (IOException e) {
            throw new SpoolException(directory, e);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** To be called before this process has rooms of its own. Other processes' stay. */
    static void sweep(Path spoolDirectory, Instant now) throws IOException {
        try (var rooms = Files.newDirectoryStream(spoolDirectory, PREFIX + "*")) {
            for (var room : rooms) {
                sweepOne(room, now);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.debugf("There is no spool yet: %s", e.getMessage());
        }
    }

    private static void sweepOne(Path room, Instant now) throws IOException {
        var born = Files.getLastModifiedTime(room, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (!Files.isDirectory(room, LinkOption.NOFOLLOW_LINKS) || born.isAfter(now.minus(GROWN_UP))) {
            return;
        }
        try (var channel = FileChannel.open(
                        room.resolve(LOCK), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
                var held = channel.tryLock()) {
            if (held == null) {
                return;
            }
            LOG.infof("%s was left by a process that ended; it is removed", room);
            remove(room);
        } catch (NoSuchFileException e) {
            remove(room);
        }
    }
}
