package io.everstate.backup.packing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Makes bytes fewer. The same content gives the same bytes, however many processors there are. Thread-safe. */
interface Compressor {
    /** What a name of its files ends with: {@code gz}. */
    String suffix();

    /** @return ends what it writes, and closes the target, when it is closed; before that no byte need have arrived */
    OutputStream compress(OutputStream target) throws IOException;

    /**
     * @return throws {@link IOException} at bytes that it did not write
     *
     * @throws IOException when not even the beginning is its
     */
    InputStream decompress(InputStream compressed) throws IOException;

    /** What can be had of bytes that may be damaged, or not be its at all. */
    Pieces salvage(InputStream compressed);
}
