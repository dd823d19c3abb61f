package io.everstate.backup.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stays open when its reader is closed. */
final class Unclosable extends FilterInputStream {
    Unclosable(InputStream source) {
        super(source);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    @Override
    public void close() {
        // the stream is read on, to its very end
    }
}
