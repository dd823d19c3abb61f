package io.everstate.backup.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Gives no more than is expected of an archive at each moment. A header of a tar is kept in memory, and a few stored bytes can unpack to one of
 * gigabytes.
 */
final class Allowance extends FilterInputStream {
    /** Of all headers of one entry, and of what a tar ends with. */
    static final int HEADERS = 1 << 20;

    /** What follows a file's last byte up to the next header. */
    private static final int PADDING = 512;

    private long left = HEADERS;

    Allowance(InputStream unpacked) {
        super(unpacked);
    }

    void forHeaders() {
        left = HEADERS;
    }

    void forContent(long bytes) {
        left = bytes + PADDING;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            throw new IOException("it unpacks to more than its manifest says");
        }
        var count = in.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(0, count);
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
