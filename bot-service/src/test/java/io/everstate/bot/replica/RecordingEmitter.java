package io.everstate.bot.replica;

import io.smallrye.reactive.messaging.kafka.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A channel that keeps what is sent, or is closed. */
final class RecordingEmitter implements Emitter<Record<String, byte[]>> {
    final List<Record<String, byte[]>> sent = new ArrayList<>();
    private boolean closed;

    @Override
    public CompletionStage<Void> send(Record<String, byte[]> entry) {
        if (closed) {
            throw new IllegalStateException("the channel is closed");
        }
        sent.add(entry);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public <M extends Message<? extends Record<String, byte[]>>> void send(M message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void complete() {
        closed = true;
    }

    @Override
    public void error(Exception failure) {
        closed = true;
    }

    @Override
    public boolean isCancelled() {
        return closed;
    }

    @Override
    public boolean hasRequests() {
        return true;
    }
}
