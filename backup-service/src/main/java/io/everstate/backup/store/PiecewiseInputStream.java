package io.everstate.backup.store;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An object read in pieces, each by a request with a deadline of its own: no length of object can hang, none is held whole. While a piece is
 * consumed the next is on its way.
 */
final class PiecewiseInputStream extends InputStream {
    private final long size;
    private final int pieceSize;
    private final Pieces pieces;
    private byte[] piece = new byte[0];
    private int filled;
    private int position;
    private long fetched;
    private @Nullable Beside<byte[]> next;

    interface Pieces {
        /** @return an array that begins with the piece, for this stream alone until it is {@link #consumed} */
        byte[] read(long offset, int length);

        /** @param piece that is not looked at any more */
        void consumed(byte[] piece);
    }

    PiecewiseInputStream(long size, int pieceSize, Pieces pieces) {
        this.size = size;
        this.pieceSize = pieceSize;
        this.pieces = pieces;
    }

    @Override
    public int read() {
        return fill() ? piece[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        var count = Math.min(length, filled - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean fill() {
        if (position < filled) {
            return true;
        }
        if (fetched == size) {
            return false;
        }
        leavePiece();
        piece = next == null ? read(fetched) : next.result();
        filled = length(fetched);
        fetched += filled;
        next = fetched == size ? null : ahead(fetched);
        return true;
    }

    private void leavePiece() {
        var left = piece;
        piece = new byte[0];
        filled = 0;
        position = 0;
        pieces.consumed(left);
    }

    private Beside<byte[]> ahead(long offset) {
        return Beside.begin("read-ahead", () -> read(offset));
    }

    private byte[] read(long offset) {
        return pieces.read(offset, length(offset));
    }

    private int length(long offset) {
        return (int) Math.min(pieceSize, size - offset);
    }

    @Override
    public void close() {
        if (next != null) {
            next.giveUp();
            next = null;
        }
        leavePiece();
        fetched = size;
    }
}
