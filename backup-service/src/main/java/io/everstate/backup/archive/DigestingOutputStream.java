package io.everstate.backup.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Digests what it passes on. */
final class DigestingOutputStream extends FilterOutputStream {
    private final Digests digests;
    private volatile boolean severed;

    DigestingOutputStream(OutputStream target, Digests digests) {
        super(target);
        this.digests = digests;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (severed) {
            return;
        }
        out.write(source, offset, length);
        digests.update(source, offset, length);
    }

    /** From now on nothing reaches the target, whichever thread writes it. */
    void sever() {
        severed = true;
    }

    /** Leaves the target open: what is written to it is kept only when it is completed, which is not the archive's to decide. */
    @Override
    public void close() throws IOException {
        if (!severed) {
            flush();
        }
    }
}
