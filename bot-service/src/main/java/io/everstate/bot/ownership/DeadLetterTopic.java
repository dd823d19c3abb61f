package io.everstate.bot.ownership;

import io.everstate.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;

/**
 * Where records are set aside that are not ours: as they were found, with the reason and the place in headers. A record that is found again
 * has the same key. What cannot be set aside still stands in the log where it was found, and that is said.
 */
final class DeadLetterTopic implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeadLetterTopic.class);
    private static final int MAX_WAITING = 10_000;

    private final Producer<String, byte[]> producer;
    /** Apart from the bots' events: a topic that is away would hold them up. */
    private final ExecutorService sender = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofVirtual().name("dead-letters").factory());

    DeadLetterTopic(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** Returns at once. */
    void add(DeadLetter letter) {
        try {
            sender.execute(() -> send(letter));
        } catch (RejectedExecutionException e) {
            failed(letter, e);
        }
    }

    private void send(DeadLetter letter) {
        var found = letter.found();
        var entry = new ProducerRecord<>(Topics.BOT_EVENTS_DEAD_LETTER, letter.key(), found.value());
        found.headers().forEach(entry.headers()::add);
        add(entry.headers(), "dead-letter-reason", letter.why());
        add(entry.headers(), "dead-letter-topic", found.topic());
        add(entry.headers(), "dead-letter-partition", Integer.toString(found.partition()));
        add(entry.headers(), "dead-letter-offset", Long.toString(found.offset()));
        try {
            var _ = producer.send(entry, (_, failure) -> {
                if (failure != null) {
                    failed(letter, failure);
                }
            });
        } catch (RuntimeException e) {
            failed(letter, e);
        }
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void failed(DeadLetter letter, Exception cause) {
        LOG.warnf(
                "the foreign record at %s of %s was not set aside: %s",
                letter.key(), Topics.BOT_EVENTS, cause.getMessage());
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
