package io.everstate.bot.ownership;

import io.everstate.contracts.log.EncodedRecord;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic of the bots' events. Every record names its partition; nothing depends on Kafka's partitioner. */
final class KafkaEventLog implements EventLog, AutoCloseable {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);

    private final KafkaProducer<String, byte[]> producer;
    private final RecordCodec codec;
    /** A send can block while the broker is away; it must never block the reader. */
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    KafkaEventLog(String bootstrapServers, Duration appendDeadline, RecordCodec codec) {
        this.codec = codec;
        var half = Math.toIntExact(appendDeadline.toMillis() / 2);
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        half,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        half,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        half,
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        1000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public CompletionStage<Void> append(int partition, LogRecord entry) {
        var confirmed = new CompletableFuture<Void>();
        try {
            var kafkaRecord = toKafka(partition, codec.encode(entry));
            senders.execute(() -> send(kafkaRecord, confirmed));
        } catch (RuntimeException e) {
            // a codec's refusal, or the log was closed: nothing was sent
            confirmed.completeExceptionally(e);
        }
        return confirmed;
    }

    private void send(ProducerRecord<String, byte[]> entry, CompletableFuture<Void> confirmed) {
        try {
            var _ = producer.send(entry, (_, failure) -> {
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
    public void close() {
        senders.shutdown();
        producer.close(CLOSE_DEADLINE);
    }
}
