package io.everstate.backup.archive;

import io.everstate.backup.packing.Pieces;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of 512 bytes of which a tar is made, in pieces with gaps between. A record that a gap cuts is none. */
final class Records {
    static final int SIZE = 512;

    private final Pieces pieces;
    private final byte[] record = new byte[SIZE];
    private byte[] piece = new byte[0];
    private int position;
    private int gaps;
    private boolean again;

    Records(Pieces pieces) {
        this.pieces = pieces;
    }

    /** @return the next one, to be used before the next call; null at the end */
    byte @Nullable [] next() throws IOException {
        if (again) {
            again = false;
            return record;
        }
        for (var filled = 0; filled < SIZE; ) {
            if (position == piece.length) {
                var next = pieces.next();
                if (next == null) {
                    return null;
                }
                piece = next.content();
                position = 0;
                if (next.afterGap()) {
                    gaps++;
                    filled = 0;
                }
            }
            var count = Math.min(SIZE - filled, piece.length - position);
            System.arraycopy(piece, position, record, filled, count);
            position += count;
            filled += count;
        }
        return record;
    }

    /** Gives the last one once more. */
    void back() {
        again = true;
    }

    /** How many gaps there were before the last record. */
    int gaps() {
        return gaps;
    }
}
