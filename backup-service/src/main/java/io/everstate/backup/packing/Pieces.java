package io.everstate.backup.packing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What can still be unpacked of bytes that may be damaged, in its order. Belongs to one thread. */
public interface Pieces extends AutoCloseable {
    /** @return the next one; null when nothing more can be had, at the end or before it */
    @Nullable
    Piece next() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * @param content not checked: what it says has to be compared with what is known of it
     * @param afterGap whether something is missing between this piece and the one before. Such a one begins at a multiple of 1 MiB of the whole content
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Piece(byte[] content, boolean afterGap) {}
}
