package io.everstate.bot.ownership;

import io.everstate.contracts.log.EncodedRecord;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topic of the bots' events. Every record names its partition; nothing depends on Kafka's partitioner. What was appended first is sent
 * first, and from there the idempotent producer keeps the order.
 */
final class KafkaEventLog implements EventLog, AutoCloseable {
    static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final OwnRecords records;
    private final DeadLetterTopic deadLetters;
    /** How long a record may wait for its turn. As long again its send may block, and the delivery takes half of the deadline. */
    private final Duration patience;
    /** One thread, which keeps the order. A send can block while the broker is away; it must never block the reader. */
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("event-sender").factory());

    KafkaEventLog(String bootstrapServers, Duration appendDeadline, OwnRecords records) {
        this(
                producer(bootstrapServers, appendDeadline),
                new DeadLetterTopic(DeadLetterTopic.producer(bootstrapServers)),
                appendDeadline,
                records);
    }

    /** Closes the producer and the dead letters with itself. */
    KafkaEventLog(
            Producer<String, byte[]> producer,
            DeadLetterTopic deadLetters,
            Duration appendDeadline,
            OwnRecords records) {
        this.producer = producer;
        this.patience = appendDeadline.dividedBy(4);
        this.records = records;
        this.deadLetters = deadLetters;
    }

    private static Producer<String, byte[]> producer(String bootstrapServers, Duration appendDeadline) {
        var block = Math.toIntExact(appendDeadline.toMillis() / 4);
        var delivery = Math.toIntExact(appendDeadline.toMillis() / 2);
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        EventTopic.LARGEST_RECORD,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        block,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        delivery,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        delivery,
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        1000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public CompletionStage<Void> append(int partition, LogRecord entry) {
        var confirmed = new CompletableFuture<Void>();
        var latest = System.nanoTime() + patience.toNanos();
        try {
            sender.execute(() -> send(partition, entry, latest, confirmed));
        } catch (RuntimeException e) {
            // the log was closed: nothing was sent
            confirmed.completeExceptionally(e);
        }
        return confirmed;
    }

    private void send(int partition, LogRecord entry, long latest, CompletableFuture<Void> confirmed) {
        if (System.nanoTime() - latest > 0) {
            confirmed.completeExceptionally(new TimeoutException("not sent within " + patience));
            return;
        }
        try {
            var _ = producer.send(toKafka(partition, records.encode(entry)), (_, failure) -> {
                if (failure == null) {
                    confirmed.complete(null);
                } else {
                    confirmed.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            confirmed.completeExceptionally(e);
        }
    }

    private static ProducerRecord<String, byte[]> toKafka(int partition, EncodedRecord encoded) {
        var entry = new ProducerRecord<>(Topics.BOT_EVENTS, partition, encoded.key(), encoded.data());
        encoded.headers()
                .forEach((name, value) ->
                        entry.headers().add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        return entry;
    }

    @Override
    public void setAside(DeadLetter letter) {
        deadLetters.add(letter);
    }

    @Override
    public void close() {
        sender.shutdown();
        producer.close(CLOSE_DEADLINE);
        deadLetters.close();
    }
}
