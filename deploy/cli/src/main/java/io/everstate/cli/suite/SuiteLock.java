package io.everstate.cli.suite;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Lets one supervisor at a time work on a data directory. The operating system gives the lock back when its holder dies in whatever
 * way; the file only tells who holds it.
 */
final class SuiteLock implements AutoCloseable {

    private final FileChannel channel;

    private SuiteLock(FileChannel channel) {
        this.channel = channel;
    }

    static SuiteLock take(DataDirectory data) {
        return tryTake(data)
                .orElseThrow(
                        () -> new CommandFailedException(
                                ExitCode.NOT_STARTED,
                                "Everstate already runs on " + data.root() + " (pid " + holder(data)
                                        + "); `everstate status` shows it, `everstate down` stops it, --data chooses another directory"));
    }

    /** Empty when another process holds it. */
    static Optional<SuiteLock> tryTake(DataDirectory data) {
        try {
            FileChannel channel = FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            return Optional.of(new SuiteLock(channel));
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + data.root() + " cannot be locked", e);
        }
    }

    /** The supervisor's pid, if one holds the lock. */
    static Optional<Long> heldBy(DataDirectory data) {
        if (!Files.exists(data.lock())) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(data.lock(), StandardOpenOption.WRITE)) {
            try (var lock = channel.tryLock()) {
                return lock == null ? Optional.of(holder(data)) : Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + data.root() + " cannot be locked", e);
        }
    }

    private static long holder(DataDirectory data) {
        Path file = data.lock();
        try {
            String text = Files.readString(file).strip();
            return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
