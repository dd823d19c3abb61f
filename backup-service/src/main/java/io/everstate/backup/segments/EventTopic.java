package io.everstate.backup.segments;

import io.everstate.backup.segments.format.LoggedRecord;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;

/** The topic of the bots' events as Kafka has it; every question has a deadline. For one thread at a time. */
@Singleton
final class EventTopic {
    private static final int RECORDS = 20_000;
    private static final int FETCHED = 4 << 20;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;
    private final SegmentsConfiguration configuration;
    private @Nullable Admin admin;
    private @Nullable KafkaConsumer<ByteBuffer, ByteBuffer> consumer;

    EventTopic(@Identifier("default-kafka-broker") Map<String, Object> kafka, SegmentsConfiguration configuration) {
        this.kafka = kafka;
        this.configuration = configuration;
    }

    /**
     * Where a partition's log begins and ends.
     *
     * @param end behind its last record
     */
    record Bounds(long start, long end) {}

    /** @param partitions each partition's bounds */
    record Look(String topic, String topicId, Map<Integer, Bounds> partitions) {}

    /**
     * The topic now; empty while there is none.
     *
     * @throws LogUnavailableException when Kafka does not answer
     */
    Optional<Look> look() {
        try {
            var name = configuration.topic();
            var found = answer(asked -> asked.describeTopics(List.of(name)).allTopicNames())
                    .get(name);
            if (found == null) {
                return Optional.empty();
            }
            var count = found.partitions().size();
            var starts = offsets(count, OffsetSpec.earliest());
            var ends = offsets(count, OffsetSpec.latest());
            var bounds = new TreeMap<Integer, Bounds>();
            starts.forEach((partition, start) ->
                    bounds.put(partition, new Bounds(start, ends.getOrDefault(partition, start))));
            return Optional.of(new Look(name, found.topicId().toString(), bounds));
        } catch (UnknownTopicOrPartitionException _) {
            return Optional.empty();
        }
    }

    private Map<Integer, Long> offsets(int partitions, OffsetSpec which) {
        var asked = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(configuration.topic(), partition))
                .collect(Collectors.toMap(UnaryOperator.identity(), _ -> which));
        return answer(client -> client.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(),
                        entry -> entry.getValue().offset()));
    }

    /**
     * Records in their order, without a hole: until there are as many bytes as wanted, but at least one record, or up to the end, which is not
     * among them any more.
     *
     * @throws LogUnavailableException when Kafka does not give them in time, or begins behind the first
     */
    List<LoggedRecord> read(int partition, long from, long to, long bytes) {
        var place = new TopicPartition(configuration.topic(), partition);
        var deadline = System.nanoTime() + configuration.deadline().toNanos();
        var records = new ArrayList<LoggedRecord>();
        try {
            var reader = reader();
            reader.assign(List.of(place));
            reader.seek(place, from);
            var read = 0L;
            while (reader.position(place) < to && System.nanoTime() < deadline) {
                for (var stored : reader.poll(left(deadline))) {
                    if (stored.offset() >= to || read >= bytes) {
                        return records;
                    }
                    var logged = LoggedRecord.of(stored);
                    records.add(logged);
                    read += logged.size();
                }
            }
        } catch (KafkaException e) {
            forget();
            throw new LogUnavailableException("partition %d of the log cannot be read".formatted(partition), e);
        }
        if (records.isEmpty()) {
            forget();
            throw new LogUnavailableException(
                    "partition %d of the log was not read in time".formatted(partition), null);
        }
        return records;
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    private <T> T answer(Function<Admin, KafkaFuture<T>> question) {
        try {
            return question.apply(admin()).get(configuration.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            throw away(e);
        } catch (TimeoutException | KafkaException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        }
    }

    /** A client that did not answer is not asked again: it may wait for a connection that is none any more. */
    private LogUnavailableException away(Exception e) {
        forget();
        return new LogUnavailableException("Kafka does not answer", e);
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings("backup-service-segments-admin"));
        }
        return admin;
    }

    private KafkaConsumer<ByteBuffer, ByteBuffer> reader() {
        if (consumer == null) {
            var settings = settings("backup-service-segments");
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
            settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED);
            consumer = new KafkaConsumer<>(settings, new ByteBufferDeserializer(), new ByteBufferDeserializer());
        }
        return consumer;
    }

    private Map<String, Object> settings(String client) {
        var settings = new HashMap<String, Object>(kafka);
        var deadline = (int) configuration.deadline().toMillis();
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, client);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, deadline);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, deadline);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }

    private void forget() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(CLOSE));
            consumer = null;
        }
    }

    void close() {
        forget();
    }
}
