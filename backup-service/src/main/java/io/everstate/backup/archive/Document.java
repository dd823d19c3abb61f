package io.everstate.backup.archive;

import java.io.IOException;
import java.io.OutputStream;

/** A part of an archive that follows from its manifest. It may be long, and is written for whoever reads it, the same bytes each time, instead of being held. */
@FunctionalInterface
interface Document {
    /** Leaves the target open and does not flush it, which would change what compresses it. */
    void writeTo(OutputStream target) throws IOException;

    /** In bytes. */
    default long size() throws IOException {
        var counting = new Counting();
        writeTo(counting);
        return counting.bytes;
    }

    /** Keeps nothing. */
    final class Counting extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes += length;
        }
    }
}
