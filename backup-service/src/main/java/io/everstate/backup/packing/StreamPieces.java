package io.everstate.backup.packing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Of a stream that gives nothing more behind its first damage. */
final class StreamPieces implements Pieces {
    private static final int PIECE = 1 << 16;

    private final InputStream source;
    private boolean ended;

    StreamPieces(InputStream source) {
        this.source = source;
    }

    @Override
    public @Nullable Piece next() {
        var piece = new byte[PIECE];
        var count = ended ? -1 : read(piece);
        return count < 0 ? null : new Piece(Arrays.copyOf(piece, count), false);
    }

    private int read(byte[] piece) {
        try {
            return source.read(piece);
        } catch (IOException e) {
            ended = true; // the damage
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
