package io.everstate.cli.suite;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.supervision.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Lets one process at a time work on a data directory. The operating system gives the lock back when its holder dies in whatever way, and
 * nobody takes it only to look: who the supervisor is stands in a pid file, which says it for certain or not at all.
 */
final class SuiteLock implements AutoCloseable {

    private static final String SUPERVISOR = "supervisor";

    private final FileChannel channel;

    private SuiteLock(FileChannel channel) {
        this.channel = channel;
    }

    static SuiteLock take(DataDirectory data) {
        return tryTake(data)
                .orElseThrow(() -> new CommandFailedException(
                        ExitCode.NOT_STARTED,
                        supervisor(data)
                                .map(
                                        supervisor -> "Everstate already runs on " + data.root() + " (pid "
                                                + supervisor.pid()
                                                + "); `everstate status` shows it, `everstate down` stops it, --data chooses another directory")
                                .orElseGet(() -> busy(data))));
    }

    /** Empty when another process holds it. */
    static Optional<SuiteLock> tryTake(DataDirectory data) {
        try {
            FileChannel channel = FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new SuiteLock(channel));
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + data.root() + " cannot be locked", e);
        }
    }

    /** Of a directory that is locked by nobody who can be told for certain: a supervisor that just starts or ends, or a `down`. */
    static String busy(DataDirectory data) {
        return "another `everstate` is just starting or stopping on " + data.root() + "; try again";
    }

    /** Tells the others that this process, which holds the lock, is the supervisor; ends before the lock is given back. */
    static AutoCloseable announceSupervisor(DataDirectory data) {
        Path file = data.pidFile(SUPERVISOR);
        try {
            PidFile.ofThisProcess().write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the supervisor's pid file cannot be written", e);
        }
        return () -> Files.deleteIfExists(file);
    }

    /** The supervisor, if one runs that is certainly ours. */
    static Optional<ProcessHandle> supervisor(DataDirectory data) {
        return PidFile.read(data.pidFile(SUPERVISOR)).flatMap(PidFile::process);
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
