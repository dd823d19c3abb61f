package io.everstate.backup.packing;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What compresses, and behind it the thread that encrypts and sends. A compressor that cannot write its end any more may leave its target open: the
 * thread is ended here whatever that throws, and lets go of what it holds. Belongs to one thread.
 */
final class PackingOutputStream extends OutputStream {
    private final OutputStream compressing;
    private final ThreadedOutputStream threaded;

    /** @param threaded which is closed too when this cannot be made */
    PackingOutputStream(Compressor compressor, ThreadedOutputStream threaded) throws IOException {
        this.threaded = threaded;
        this.compressing = begun(compressor, threaded);
    }

    private static OutputStream begun(Compressor compressor, ThreadedOutputStream threaded) throws IOException {
        try {
            return compressor.compress(threaded);
        } catch (IOException | RuntimeException | Error e) {
            try (threaded) {
                throw e;
            }
        }
    }

    @Override
    public void write(int b) throws IOException {
        compressing.write(b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        compressing.write(source, offset, length);
    }

    @Override
    public void flush() throws IOException {
        compressing.flush();
    }

    @Override
    public void close() throws IOException {
        try (threaded) {
            compressing.close();
        }
    }
}
