package io.everstate.backup.segments.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Bytes that are written once and read where they are: a copy of them would be one more segment in memory. */
final class GrowingBytes extends ByteArrayOutputStream {
    GrowingBytes(int room) {
        super(room);
    }

    ByteBuffer written() {
        return ByteBuffer.wrap(buf, 0, count);
    }
}
