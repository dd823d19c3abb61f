package io.everstate.platform.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A hundred neighbouring ports that no other process of this user takes while this one lives, below those that the system gives to
 * connections. A port that is only looked at can be taken by another process before it is listened on, or while what listened on it is
 * started again; so a block is held by the lock of a file, which ends with the process however that ends.
 */
final class PortBlock {
    static final int LOWEST = 20_000;
    static final int SIZE = 100;
    static final int BLOCKS = 120;

    private final int first;
    /** Held for as long as the block is. */
    private final FileLock lock;

    private int next;

    private PortBlock(int first, FileLock lock) {
        this.first = first;
        this.lock = lock;
    }

    /**
     * A block that nobody has.
     *
     * @throws IllegalStateException when all are taken
     */
    static PortBlock take(Path directory) {
        int begin = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int number = begin; number < begin + BLOCKS; number++) {
            int block = number % BLOCKS;
            FileLock lock = locked(directory.resolve("block-" + block));
            if (lock != null) {
                return new PortBlock(LOWEST + block * SIZE, lock);
            }
        }
        throw new IllegalStateException("all " + BLOCKS + " blocks of ports are taken: " + directory);
    }

    private static @Nullable FileLock locked(Path file) {
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
            }
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException("no ports can be taken by " + file, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this process has it
        }
    }

    /**
     * The next port that nobody listens on; each comes again when all others came.
     *
     * @throws IllegalStateException when somebody listens on every one of them
     */
    synchronized int next() {
        for (int tries = 0; tries < SIZE; tries++) {
            int port = first + next;
            next = (next + 1) % SIZE;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("none of the ports " + first + " to " + (first + SIZE - 1) + " is free");
    }

    void release() throws IOException {
        lock.acquiredBy().close();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
