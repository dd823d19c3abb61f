package io.everstate.backup.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells of all bytes that pass before it gives the next: who hears it may make them wait. */
public final class WatchedInputStream extends FilterInputStream {
    private final LongConsumer passed;

    public WatchedInputStream(InputStream source, LongConsumer passed) {
        super(source);
        this.passed = passed;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        var count = in.read(target, offset, length);
        if (count > 0) {
            passed.accept(count);
        }
        return count;
    }

    /** Skipped bytes count too. */
    @Override
    public long skip(long count) throws IOException {
        var wanted = (int) Math.min(count, 1 << 16);
        return Math.max(0, read(new byte[wanted], 0, wanted));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
