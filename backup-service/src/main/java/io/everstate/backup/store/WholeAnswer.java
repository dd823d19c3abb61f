package io.everstate.backup.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads an answer of known length to its end; a shorter one is an error, not an end. */
final class WholeAnswer {
    private WholeAnswer() {}

    /** @return the array that was given */
    static byte[] read(InputStream answer, byte[] bytes, int length) {
        try (answer) {
            var count = answer.readNBytes(bytes, 0, length);
            if (count < length) {
                throw new EOFException("the answer ended after %d of %d bytes".formatted(count, length));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
