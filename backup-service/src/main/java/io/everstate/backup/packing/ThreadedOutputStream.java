package io.everstate.backup.packing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes to its target on a thread of its own, in the order in which it was written to, so that what compresses does not wait for what encrypts and
 * sends. A failure of the target is thrown by the next call, and after it nothing can be written any more; {@link #close} returns when the target has
 * everything and is closed. Belongs to one thread, and the target to it again after the close.
 */
final class ThreadedOutputStream extends OutputStream {
    /** What was compressed and waits: of gzip a member of at most 1 MiB each. */
    static final int AHEAD = 4;

    private static final byte[] END = new byte[0];

    private final OutputStream target;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(AHEAD);
    private final Thread writer;
    private volatile @Nullable Throwable failure;
    private boolean thrown;
    private boolean closed;

    ThreadedOutputStream(OutputStream target) {
        this.target = target;
        this.writer = Thread.ofPlatform().daemon().name("pack").start(this::pass);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        check();
        if (length > 0) {
            put(Arrays.copyOfRange(source, offset, offset + length));
        }
    }

    private void put(byte[] bytes) throws IOException {
        try {
            waiting.put(bytes);
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** After a failure it takes on what comes and drops it: nobody may wait for room that never comes. */
    private void pass() {
        try {
            for (var bytes = waiting.take(); bytes.length > 0; bytes = waiting.take()) {
                if (failure == null) {
                    pass(bytes);
                }
            }
            close(target);
        } catch (InterruptedException e) {
            failure = failure == null ? e : failure;
        }
    }

    private void pass(byte[] bytes) {
        try {
            target.write(bytes);
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private void close(OutputStream opened) {
        try {
            opened.close();
        } catch (IOException | RuntimeException | Error e) {
            failure = failure == null ? e : failure;
        }
    }

    /** The same exception thrown twice could not be suppressed by itself where a stream is closed because of it. */
    private void check() throws IOException {
        var met = failure;
        if (met == null) {
            return;
        }
        if (thrown) {
            throw new IOException("nothing can be written after a failure");
        }
        thrown = true;
        switch (met) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException("interrupted", met);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        put(END);
        try {
            writer.join();
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        check();
    }
}
