package io.everstate.backup.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives no more of a manifest than its stored bytes can honestly hold: where no catalogue knows it, a few bytes may unpack to any number. */
final class RatioLimit extends FilterInputStream {
    /** A million empty files under the longest name pack to a four-hundredth. */
    static final int RATIO = 1_000;

    private static final int HEADERS = 1 << 16;

    private final StoredBytes stored;
    private long unpacked;

    /** @param stored what is unpacked */
    RatioLimit(InputStream unpacked, StoredBytes stored) {
        super(unpacked);
        this.stored = stored;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        var count = in.read(target, offset, length);
        unpacked += Math.max(0, count);
        if (unpacked > HEADERS + RATIO * stored.count()) {
            throw new IOException("it unpacks to more than %d times its size".formatted(RATIO));
        }
        return count;
    }

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
