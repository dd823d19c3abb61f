package io.everstate.backup.segments.rebuild;

import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.Segment;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;

/** Writes a topic that was empty, each record to the offset that it had, and reads it again. For one thread. */
final class TopicWriter implements AutoCloseable {
    /** Bytes: what the archived topic took, however it was compressed there. */
    private static final int LARGEST_RECORD = 16 << 20;

    private static final short REPLICAS_FOR_QUORUM = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final String topic;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;

    TopicWriter(Map<String, Object> kafka, String topic) {
        this.topic = topic;
        var settings = new HashMap<String, Object>(kafka);
        settings.remove("group.id");
        settings.put("client.id", "backup-service-rebuild");
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        // of a topic that was just made a broker may refuse the first batch and take the second, and then never the
        // first
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("max.request.size", LARGEST_RECORD);
        settings.put("delivery.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("request.timeout.ms", 10_000);
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("max.block.ms", PATIENCE.toMillis());
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("allow.auto.create.topics", false);
        this.admin = Admin.create(settings);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(settings, new ByteBufferDeserializer(), new ByteBufferDeserializer());
    }

    /**
     * Makes the topic unless it is there: kept for ever, on three brokers where there are as many, of which two must have each record.
     *
     * @throws ProblemException CONFLICT when it is there with another number of partitions, or ever held a record
     */
    void prepare(int partitions) {
        var there = partitions();
        if (there.isEmpty()) {
            make(partitions);
            return;
        }
        if (there.get() != partitions) {
            throw conflict("the topic %s has %d partitions, the archived one has %d"
                    .formatted(topic, there.get(), partitions));
        }
        if (!isEmpty(partitions)) {
            throw conflict("the topic %s is not empty: delete it first".formatted(topic));
        }
    }

    private void make(int partitions) {
        var brokers = answer(admin.describeCluster().nodes()).size();
        var replicas = (short) Math.min(brokers, REPLICAS_FOR_QUORUM);
        var wanted = new NewTopic(topic, partitions, replicas)
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(LARGEST_RECORD),
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        replicas < REPLICAS_FOR_QUORUM ? "1" : "2"));
        answer(admin.createTopics(List.of(wanted)).all());
    }

    private Optional<Integer> partitions() {
        try {
            return Optional.ofNullable(
                            answer(admin.describeTopics(List.of(topic)).allTopicNames())
                                    .get(topic))
                    .map(found -> found.partitions().size());
        } catch (UnknownTopicOrPartitionException _) {
            return Optional.empty();
        }
    }

    private boolean isEmpty(int partitions) {
        var places = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
        return consumer.endOffsets(places).values().stream().allMatch(end -> end == 0);
    }

    /** @throws ProblemException CONFLICT when a record came to another offset: somebody else writes too, or one is missing in the segment */
    void write(Segment segment) {
        var partition = segment.header().partition();
        var records = segment.records();
        var sent = new ArrayList<Future<RecordMetadata>>(records.size());
        for (var logged : records) {
            sent.add(producer.send(new ProducerRecord<>(
                    topic,
                    partition,
                    logged.timestamp(),
                    bytes(logged.key()),
                    bytes(logged.value()),
                    logged.headers())));
        }
        producer.flush();
        for (var i = 0; i < sent.size(); i++) {
            var wanted = records.get(i).offset();
            var offset = answer(sent.get(i)).offset();
            if (offset != wanted) {
                throw conflict("partition %d: the record of offset %d came to %d".formatted(partition, wanted, offset));
            }
        }
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** @throws ProblemException CONFLICT when the topic has not these very records */
    void compare(Segment segment) {
        var place = new TopicPartition(topic, segment.header().partition());
        consumer.assign(List.of(place));
        consumer.seek(place, segment.header().firstOffset());
        var wanted = segment.records();
        var next = 0;
        while (next < wanted.size()) {
            var found = consumer.poll(PATIENCE);
            if (found.isEmpty()) {
                throw new ProblemException(ProblemType.UNAVAILABLE, "the topic was not read again in time");
            }
            for (var stored : found.records(place)) {
                if (next == wanted.size()) {
                    return;
                }
                if (!LoggedRecord.of(stored).equals(wanted.get(next))) {
                    throw conflict("%s has another record at %d than was written".formatted(place, stored.offset()));
                }
                next++;
            }
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ProblemType.CONFLICT, detail);
    }

    private static <T> T answer(Future<T> asked) {
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            throw new KafkaException("Kafka refused: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(CLOSE);
        producer.close(CLOSE);
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
