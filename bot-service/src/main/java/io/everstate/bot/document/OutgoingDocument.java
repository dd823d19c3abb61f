package io.everstate.bot.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A checked document on its way to a receiver. Its file and its place are free when the last byte is gone, or the receiver, or its time. It
 * is read no faster than it comes to the connection: what writes it there asks the connection whether it takes more, but that learns of what
 * was written a little later, and on a busy machine a whole document would be in memory by then.
 */
final class OutgoingDocument extends FilterInputStream {
    /** In bytes. */
    static final int STRETCH = 256 << 10;

    private final TransferRoom.Place place;
    private final Receiver receiver;
    /** Bytes since the receiver caught up; only the reader touches it. */
    private int ahead;

    private @Nullable Future<?> end;
    private boolean closed;

    OutgoingDocument(InputStream content, TransferRoom.Place place, Receiver receiver) {
        super(content);
        this.place = place;
        this.receiver = receiver;
    }

    @Override
    public int read() throws IOException {
        catchUp();
        var next = super.read();
        ahead += next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] piece, int from, int length) throws IOException {
        catchUp();
        var count = super.read(piece, from, Math.min(length, STRETCH));
        ahead += Math.max(count, 0);
        return count;
    }

    private void catchUp() throws IOException {
        if (ahead >= STRETCH) {
            receiver.catchUp();
            ahead = 0;
        }
    }

    /** @param ending what closes it when its time is over; not needed any more when it is closed before */
    synchronized void endsBy(Future<?> ending) {
        end = ending;
        if (closed) {
            ending.cancel(false);
        }
    }

    @Override
    public void close() throws IOException {
        try (place) {
            super.close();
        } finally {
            rest();
        }
    }

    private synchronized void rest() {
        closed = true;
        if (end != null) {
            end.cancel(false);
        }
    }
}
