package io.everstate.benchmarks.bots;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka producer with acks=all and nothing around it: the least that a durable record can take. */
final class BareProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Sample sample;

    BareProducer(String kafka, Sample sample) {
        this.sample = sample;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Completes when all replicas have it. */
    CompletableFuture<?> send(int number) {
        ConsumerRecord<byte[], byte[]> record =
                sample.records().get(number % sample.records().size());
        CompletableFuture<Void> sent = new CompletableFuture<>();
        var _ = producer.send(
                new ProducerRecord<>(
                        PeerTopic.NAME, record.partition(), record.key(), record.value(), record.headers()),
                (_, failure) -> {
                    if (failure == null) {
                        sent.complete(null);
                    } else {
                        sent.completeExceptionally(failure);
                    }
                });
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }
}
