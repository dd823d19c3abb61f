package io.everstate.backup.packing;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The members of a gzip file that are whole. Behind a damaged one the next is looked for: each is packed by itself. */
final class GzipPieces implements Pieces {
    /** One of a MiB that cannot be packed is a little larger. */
    private static final int LARGEST_MEMBER = GzipMembersOutputStream.MEMBER + (1 << 16);

    private final InputStream source;
    private final byte[] window = new byte[2 * LARGEST_MEMBER];
    private int from;
    private int to;
    private boolean ended;
    private boolean gap;

    GzipPieces(InputStream source) {
        this.source = source;
    }

    @Override
    public @Nullable Piece next() throws IOException {
        while (fill()) {
            var member = GzipMember.at(window, from, to);
            if (member.isPresent()) {
                from += member.get().length();
                var piece = new Piece(member.get().content(), gap);
                gap = false;
                return piece;
            }
            gap = true;
            from = nextCandidate();
        }
        return null;
    }

    private int nextCandidate() {
        for (var at = from + 1; at < to; at++) {
            if (GzipMember.mayBeginAt(window, at, to) || isCut(at)) {
                return at;
            }
        }
        return to;
    }

    /** Whether more has to be read to see what begins there. */
    private boolean isCut(int at) {
        return !ended && to - at < LARGEST_MEMBER;
    }

    /** @return whether there is anything left; then so much of it as a member can have, or all */
    private boolean fill() throws IOException {
        if (!ended && to - from < LARGEST_MEMBER) {
            System.arraycopy(window, from, window, 0, to - from);
            to -= from;
            from = 0;
            var count = source.readNBytes(window, to, window.length - to);
            ended = count < window.length - to;
            to += count;
        }
        return from < to;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
