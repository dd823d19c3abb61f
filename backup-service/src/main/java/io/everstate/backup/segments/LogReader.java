package io.everstate.backup.segments;

import io.everstate.backup.segments.format.LoggedRecord;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads partitions on and on, each from where it was put, up to the high watermark. For one thread at a time. */
@Singleton
final class LogReader {
    /** Of one poll, so many records; of one answer, so many bytes, and of a partition in it: what is fetched ahead is held in memory. */
    private static final int RECORDS = 2_000;

    private static final int ANSWER = 2 << 20;
    private static final int OF_A_PARTITION = 1 << 19;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final LogSettings settings;
    private final Set<TopicPartition> followed = new HashSet<>();
    private @Nullable KafkaConsumer<ByteBuffer, ByteBuffer> consumer;

    LogReader(@Identifier("default-kafka-broker") Map<String, Object> kafka, SegmentsConfiguration configuration) {
        this.settings = new LogSettings(kafka, configuration);
    }

    /**
     * @param records by partition, in their order
     * @param astray partitions of which the log has nothing at their place any more
     */
    record Read(Map<Integer, List<LoggedRecord>> records, Set<Integer> astray) {}

    boolean followsAny() {
        return !followed.isEmpty();
    }

    /** Has a partition read from this offset on. */
    void follow(int partition, long offset) {
        var place = new TopicPartition(settings.topic(), partition);
        if (followed.add(place)) {
            reader().assign(followed);
        }
        reader().seek(place, offset);
    }

    void leave(int partition) {
        if (followed.remove(new TopicPartition(settings.topic(), partition))) {
            reader().assign(followed);
        }
    }

    /**
     * The next records of those that are not held up.
     *
     * @throws LogUnavailableException when Kafka fails; nothing is followed any more then
     */
    Read poll(Duration patience, IntPredicate heldUp) {
        try {
            var held = followed.stream()
                    .filter(place -> heldUp.test(place.partition()))
                    .collect(Collectors.toSet());
            var reader = reader();
            reader.resume(followed);
            reader.pause(held);
            var records = new TreeMap<Integer, List<LoggedRecord>>();
            for (var stored : reader.poll(patience)) {
                records.computeIfAbsent(stored.partition(), _ -> new ArrayList<>())
                        .add(LoggedRecord.of(stored));
            }
            return new Read(records, Set.of());
        } catch (InvalidOffsetException e) {
            return new Read(
                    Map.of(),
                    e.partitions().stream().map(TopicPartition::partition).collect(Collectors.toSet()));
        } catch (KafkaException e) {
            forget();
            throw new LogUnavailableException("the log cannot be read", e);
        }
    }

    private KafkaConsumer<ByteBuffer, ByteBuffer> reader() {
        if (consumer == null) {
            var client = settings.client("backup-service-segments");
            client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
            client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
            client.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, ANSWER);
            client.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, OF_A_PARTITION);
            consumer = new KafkaConsumer<>(client, new ByteBufferDeserializer(), new ByteBufferDeserializer());
        }
        return consumer;
    }

    /** Nothing is followed any more. */
    void forget() {
        followed.clear();
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(CLOSE));
            consumer = null;
        }
    }
}
