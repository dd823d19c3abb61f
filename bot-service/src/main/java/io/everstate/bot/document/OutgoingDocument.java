package io.everstate.bot.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A checked document on its way to a receiver. Its file and its place are free when the last byte is gone, or the receiver, or its time. */
final class OutgoingDocument extends FilterInputStream {
    private final TransferRoom.Place place;
    private @Nullable Future<?> end;
    private boolean closed;

    OutgoingDocument(InputStream content, TransferRoom.Place place) {
        super(content);
        this.place = place;
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
