package io.everstate.bot.ownership;

import io.everstate.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Where records are set aside that are not ours: as they were found, with the reason and the place in headers. A record that is found again
 * has the same key. What cannot be set aside still stands in the log where it was found, and that is said. Nothing here is shared with the
 * bots' events: neither a full buffer nor a topic that is away holds those up.
 */
final class DeadLetterTopic implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeadLetterTopic.class);
    private static final int MAX_WAITING = 10_000;
    static final long MAX_BYTES = 16L << 20;
    private static final int BUFFER_BYTES = 8 << 20;
    private static final int BLOCK_MILLIS = 2_000;
    private static final int DELIVERY_MILLIS = 10_000;

    private final Producer<String, byte[]> producer;
    private final AtomicLong waiting = new AtomicLong();
    private final ExecutorService sender = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofVirtual().name("dead-letters").factory());

    /** @param producer of its own; is closed with it */
    DeadLetterTopic(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    static Producer<String, byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        EventTopic.LARGEST_RECORD,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        BUFFER_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        BLOCK_MILLIS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        DELIVERY_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        DELIVERY_MILLIS,
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        1000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Returns at once. */
    void add(DeadLetter letter) {
        var bytes = letter.bytes();
        if (waiting.addAndGet(bytes) > MAX_BYTES) {
            waiting.addAndGet(-bytes);
            failed(letter, "too much is waiting already");
            return;
        }
        try {
            sender.execute(() -> {
                send(letter);
                waiting.addAndGet(-bytes);
            });
        } catch (RejectedExecutionException e) {
            waiting.addAndGet(-bytes);
            failed(letter, String.valueOf(e.getMessage()));
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
                    failed(letter, String.valueOf(failure.getMessage()));
                }
            });
        } catch (RuntimeException e) {
            failed(letter, String.valueOf(e.getMessage()));
        }
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void failed(DeadLetter letter, String why) {
        LOG.warnf("the foreign record at %s of %s was not set aside: %s", letter.key(), Topics.BOT_EVENTS, why);
    }

    @Override
    public void close() {
        sender.shutdownNow();
        producer.close(KafkaEventLog.CLOSE_DEADLINE);
    }
}
