package io.everstate.backup.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Digests an object's bytes while something else makes sense of them or fails to, and tells what the storage throws from what that throws: a storage that
 * does not answer says nothing about what is stored, however it is wrapped on the way.
 */
final class StoredBytes extends FilterInputStream {
    private final Digests digests = new Digests();
    private @Nullable RuntimeException away;

    StoredBytes(InputStream stored) {
        super(stored);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (away != null) {
            throw away;
        }
        try {
            var count = in.read(target, offset, length);
            digests.update(target, offset, Math.max(0, count));
            return count;
        } catch (IOException e) {
            away = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            away = e;
        }
        throw away;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** How many were read so far. */
    long count() {
        return digests.bytes();
    }

    /**
     * Of all of them: what nobody wanted is read, too.
     *
     * @throws RuntimeException what the storage threw, at whatever time
     */
    String sha256() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return digests.sums().sha256();
    }
}
