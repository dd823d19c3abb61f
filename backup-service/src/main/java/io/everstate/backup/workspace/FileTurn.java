package io.everstate.backup.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * One reader of a file at a time in this process. Locks of POSIX belong to a process, and closing any descriptor of a file drops all that it holds on
 * it: read by another thread meanwhile, a database that SQLite copies under its lock could be written to by its bot, and the copy
 * would be torn. Whoever opens files of a workspace takes a turn.
 */
public final class FileTurn implements AutoCloseable {
    private static final List<ReentrantLock> LOCKS =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    /** The largest database takes minutes to be copied. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ReentrantLock lock;

    private FileTurn(ReentrantLock lock) {
        this.lock = lock;
    }

    /**
     * Waits for it. The same thread may take it again.
     *
     * @throws IOException when another reader does not end
     */
    public static FileTurn of(Path file) throws IOException {
        var lock = lockOf(file);
        try {
            if (lock.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return new FileTurn(lock);
            }
            throw new IOException("another reader of it did not end within " + PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another read it", e);
        }
    }

    private static ReentrantLock lockOf(Path file) throws IOException {
        return LOCKS.get(Math.floorMod(FileAttributes.identityOf(file).hashCode(), LOCKS.size()));
    }

    /** How many threads wait for their turn. */
    static int waitingFor(Path file) throws IOException {
        return lockOf(file).getQueueLength();
    }

    @Override
    public void close() {
        lock.unlock();
    }
}
