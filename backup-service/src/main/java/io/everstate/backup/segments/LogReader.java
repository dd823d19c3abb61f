package io.everstate.backup.segments;

import io.everstate.backup.segments.format.LoggedRecord;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads partitions on and on, each from where it was put, up to the high watermark. For one thread at a time. */
@Singleton
final class LogReader {
    private static final Logger LOG = Logger.getLogger(LogReader.class);
    /** Of one poll, so many records; of one answer, so many bytes, and of a partition in it: what is fetched ahead is held in memory. */
    private static final int RECORDS = 2_000;

    private static final int ANSWER = 2 << 20;
    private static final int OF_A_PARTITION = 1 << 19;
    private static final Duration CLOSE = Duration.ofSeconds(1);
    /** How long one that may be at fault is waited for while the others stand still. */
    private static final Duration ALONE = Duration.ofMillis(100);

    private final String topic;
    private final Supplier<Consumer<ByteBuffer, ByteBuffer>> consumers;
    private final Set<TopicPartition> followed = new HashSet<>();
    /** Of which one made the last reading of all fail: each is read alone next. */
    private final Queue<TopicPartition> suspects = new ArrayDeque<>();

    private @Nullable Consumer<ByteBuffer, ByteBuffer> consumer;

    @Inject
    LogReader(@Identifier("default-kafka-broker") Map<String, Object> kafka, SegmentsConfiguration configuration) {
        this(configuration.topic(), () -> connect(new LogSettings(kafka, configuration)));
    }

    /** @param consumers that begin nowhere by themselves, a new one whenever the one before is of no use any more */
    LogReader(String topic, Supplier<Consumer<ByteBuffer, ByteBuffer>> consumers) {
        this.topic = topic;
        this.consumers = consumers;
    }

    private static Consumer<ByteBuffer, ByteBuffer> connect(LogSettings settings) {
        var client = settings.client("backup-service-segments");
        client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        client.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, ANSWER);
        client.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, OF_A_PARTITION);
        return new KafkaConsumer<>(client, new ByteBufferDeserializer(), new ByteBufferDeserializer());
    }

    /**
     * @param records by partition, in their order
     * @param astray partitions of which the log has nothing at their place any more
     * @param unreadable why Kafka gives nothing of a partition from its place on; it is tried again while it is followed
     */
    record Read(Map<Integer, List<LoggedRecord>> records, Set<Integer> astray, Map<Integer, String> unreadable) {
        private static Read nothing() {
            return new Read(Map.of(), Set.of(), Map.of());
        }
    }

    /**
     * Has a partition read from this offset on. Where that fails it is not followed, and nothing is known of the others: {@link #forget()} them.
     *
     * @throws LogUnavailableException when no consumer can be made
     */
    void follow(int partition, long offset) {
        var place = place(partition);
        var reader = reader();
        if (!followed.contains(place)) {
            var all = new HashSet<>(followed);
            all.add(place);
            reader.assign(all);
        }
        reader.seek(place, offset);
        followed.add(place);
    }

    /** A consumer that has nothing to read is closed. */
    void leave(int partition) {
        if (!followed.remove(place(partition))) {
            return;
        }
        if (followed.isEmpty()) {
            forget();
        } else {
            reader().assign(followed);
        }
    }

    private TopicPartition place(int partition) {
        return new TopicPartition(topic, partition);
    }

    /**
     * The next records of those that are not held up. Where one of several cannot be read Kafka's client says so in the place of the records of all, again
     * and again: so each is read alone then, one at a call, until that one is found.
     *
     * @throws LogUnavailableException when Kafka fails though nothing was asked of it; nothing is followed any more then, nor after what else is thrown
     */
    Read poll(Duration patience, IntPredicate heldUp) {
        var wanted = followed.stream()
                .filter(place -> !heldUp.test(place.partition()))
                .collect(Collectors.toSet());
        var suspect = nextSuspect(wanted);
        var tried = suspect == null ? wanted : Set.of(suspect);
        try {
            return read(tried, suspect == null || patience.compareTo(ALONE) < 0 ? patience : ALONE);
        } catch (InvalidOffsetException e) {
            return new Read(Map.of(), numbers(e.partitions()), Map.of());
        } catch (KafkaException e) {
            return failed(tried, e);
        } catch (RuntimeException e) {
            forget();
            throw e;
        }
    }

    private @Nullable TopicPartition nextSuspect(Set<TopicPartition> wanted) {
        var next = suspects.poll();
        while (next != null && !wanted.contains(next)) {
            next = suspects.poll();
        }
        return next;
    }

    private Read read(Set<TopicPartition> wanted, Duration patience) {
        var reader = reader();
        var held = new HashSet<>(followed);
        held.removeAll(wanted);
        reader.resume(wanted);
        reader.pause(held);
        var records = new TreeMap<Integer, List<LoggedRecord>>();
        for (var stored : reader.poll(patience)) {
            records.computeIfAbsent(stored.partition(), _ -> new ArrayList<>()).add(LoggedRecord.of(stored));
        }
        return new Read(records, Set.of(), Map.of());
    }

    private Read failed(Set<TopicPartition> tried, KafkaException failure) {
        if (tried.isEmpty()) {
            forget();
            throw new LogUnavailableException("the log cannot be read", failure);
        }
        suspects.clear();
        if (tried.size() > 1) {
            LOG.debugf(failure, "One of %s cannot be read", tried);
            suspects.addAll(tried);
            return Read.nothing();
        }
        var why = "the log cannot be read on: " + failure.getMessage();
        return new Read(
                Map.of(), Set.of(), numbers(tried).stream().collect(Collectors.toMap(number -> number, _ -> why)));
    }

    private static Set<Integer> numbers(Set<TopicPartition> places) {
        return places.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    private Consumer<ByteBuffer, ByteBuffer> reader() {
        if (consumer == null) {
            try {
                consumer = consumers.get();
            } catch (KafkaException e) {
                throw new LogUnavailableException("the log cannot be read", e);
            }
        }
        return consumer;
    }

    /** Nothing is followed any more, and the next one gets a new consumer, however the one that there is ends. */
    void forget() {
        followed.clear();
        suspects.clear();
        var last = consumer;
        consumer = null;
        if (last != null) {
            close(last);
        }
    }

    private static void close(Consumer<ByteBuffer, ByteBuffer> consumer) {
        try {
            consumer.close(CloseOptions.timeout(CLOSE));
        } catch (RuntimeException e) {
            LOG.warn("A consumer of the log did not end cleanly, and another takes its place", e);
        }
    }
}
