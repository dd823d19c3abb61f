package io.everstate.state.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of an unpacked content, one after the other. */
final class Lines {
    private static final int BUFFER = 64 * 1024;
    /** A bot's state has some ten kilobytes; a longer line is damage that would only eat memory. */
    private static final int LONGEST = 16 * 1024 * 1024;

    private final InputStream unpacked;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int limit;

    Lines(InputStream unpacked) {
        this.unpacked = unpacked;
    }

    /**
     * Without its end; null behind the last one.
     *
     * @throws IOException when the rest cannot be unpacked
     */
    byte @Nullable [] next() throws IOException {
        var line = new ByteArrayOutputStream();
        while (more()) {
            int from = next;
            while (next < limit && buffer[next] != '\n') {
                next++;
            }
            line.write(buffer, from, next - from);
            if (next < limit) {
                next++;
                return line.toByteArray();
            }
            if (line.size() > LONGEST) {
                throw new ZipException("a line does not end");
            }
        }
        if (line.size() > 0) {
            throw new ZipException("the last line has no end");
        }
        return null;
    }

    private boolean more() throws IOException {
        if (next == limit) {
            next = 0;
            limit = Math.max(0, unpacked.read(buffer));
        }
        return limit > 0;
    }
}
