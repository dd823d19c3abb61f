package io.everstate.bot.document;

import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One at the other end of a connection.
 *
 * @param loop of the connection, which does one thing after another, writing to it among them
 */
record ConnectedReceiver(HttpConnection connection, Context loop) implements Receiver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void hangUp() {
        connection.close();
    }

    @Override
    public void catchUp() throws IOException {
        var reached = new CountDownLatch(1);
        loop.runOnContext(_ -> reached.countDown());
        try {
            if (!reached.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("nothing was written to the receiver for " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the receiver had what was written");
        }
    }
}
