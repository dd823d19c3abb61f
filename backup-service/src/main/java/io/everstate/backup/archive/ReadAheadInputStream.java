package io.everstate.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads its source on a thread of its own, a few blocks ahead, so that what decrypts and unpacks does not wait for what checks and writes. What the
 * source throws is thrown after all that it gave before. Belongs to one thread, and the source to that thread again after {@link #close}, which does not close it.
 */
final class ReadAheadInputStream extends InputStream {
    static final int BLOCK = 1 << 17;
    static final int AHEAD = 8;

    private final InputStream source;
    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;
    private volatile boolean closed;
    private Block block = new Block(new byte[0], 0, false, null);
    private int position;

    /** @param failure thrown behind its bytes, if it is the last */
    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to the other, never compared
    private record Block(
            byte[] bytes,
            int length,
            boolean last,
            @Nullable Throwable failure) {}

    ReadAheadInputStream(InputStream source) {
        this.source = source;
        this.reader = Thread.ofPlatform().daemon().name("unpack").start(this::readAhead);
    }

    private void readAhead() {
        try {
            for (var last = false; !last && !closed; ) {
                var next = next();
                blocks.put(next);
                last = next.last();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private Block next() {
        var bytes = new byte[BLOCK];
        var length = 0;
        try {
            for (int count; length < BLOCK && (count = source.read(bytes, length, BLOCK - length)) >= 0; ) {
                length += count;
            }
            return new Block(bytes, length, length < BLOCK, null);
        } catch (IOException | RuntimeException | Error e) {
            return new Block(bytes, length, true, e);
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? block.bytes()[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        var count = Math.min(length, block.length() - position);
        System.arraycopy(block.bytes(), position, target, offset, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (position == block.length() && !block.last()) {
            block = take();
            position = 0;
        }
        if (position == block.length()) {
            rethrow(block.failure());
        }
        return position < block.length();
    }

    private Block take() throws IOException {
        try {
            return blocks.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was unpacked");
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {
                return;
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /** Returns when nothing reads the source any more, which is after the block that it reads now. */
    @Override
    public void close() {
        closed = true;
        blocks.clear();
        var interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
