package io.everstate.backup.segments;

import io.everstate.backup.segments.format.SegmentCorruptException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** What the storage gives, compared with what was sent while it is read. Closing it closes nothing: {@link #requireEnd} reads on. */
final class SameBytes extends FilterInputStream {
    private final PackedSegment sent;
    private final ByteBuffer left;

    SameBytes(InputStream stored, PackedSegment sent) {
        super(stored);
        this.sent = sent;
        this.left = sent.file().duplicate();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        var count = super.read(target, offset, length);
        if (count > 0) {
            compare(ByteBuffer.wrap(target, offset, count));
        }
        return count;
    }

    private void compare(ByteBuffer stored) {
        if (stored.remaining() > left.remaining()
                || !left.slice(left.position(), stored.remaining()).equals(stored)) {
            throw another();
        }
        left.position(left.position() + stored.remaining());
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** The storage's stream is its owner's to close. */
    @Override
    public void close() {}

    /** To the end of both. */
    void requireEnd() throws IOException {
        if (read() >= 0 || left.hasRemaining()) {
            throw another();
        }
    }

    private SegmentCorruptException another() {
        return new SegmentCorruptException("the storage has not what was sent as " + sent.name());
    }
}
