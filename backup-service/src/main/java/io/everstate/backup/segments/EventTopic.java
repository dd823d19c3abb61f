package io.everstate.backup.segments;

import io.everstate.backup.segments.format.LogPartition;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The topic of the bots' events as Kafka has it; every question has a deadline. Thread-safe. */
@Singleton
final class EventTopic {
    private final LogSettings settings;
    private @Nullable Admin admin;

    EventTopic(@Identifier("default-kafka-broker") Map<String, Object> kafka, SegmentsConfiguration configuration) {
        this.settings = new LogSettings(kafka, configuration);
    }

    /**
     * Where a partition's log begins and ends.
     *
     * @param end behind its last record
     */
    record Bounds(long start, long end) {}

    /**
     * @param partitions all that it has
     * @param led those of them that a broker answers for
     */
    record Found(String topic, String topicId, Set<Integer> partitions, Set<Integer> led) {}

    /**
     * The topic now; empty while there is none.
     *
     * @throws LogUnavailableException when Kafka does not answer
     */
    Optional<Found> find() {
        var name = settings.topic();
        try {
            var described = admin().describeTopics(List.of(name)).allTopicNames();
            return Optional.ofNullable(answer(described).get(name)).map(EventTopic::found);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw away(e);
        } catch (TimeoutException | KafkaException e) {
            throw away(e);
        }
    }

    private static Found found(TopicDescription described) {
        var all = new TreeSet<Integer>();
        var led = new TreeSet<Integer>();
        for (var partition : described.partitions()) {
            all.add(partition.partition());
            var leader = partition.leader();
            if (leader != null && !leader.isEmpty()) {
                led.add(partition.partition());
            }
        }
        return new Found(described.name(), described.topicId().toString(), all, led);
    }

    /**
     * Asks that the topic is still the one that was looked at: it may have been made anew under its name.
     *
     * @throws LogUnavailableException when it is not, or Kafka does not answer
     */
    void mustBe(String topicId) {
        if (find().filter(now -> now.topicId().equals(topicId)).isEmpty()) {
            throw new LogUnavailableException("the topic was made anew while it was read", null);
        }
    }

    /** @throws LogUnavailableException when Kafka does not answer for that partition */
    Bounds bounds(int partition) {
        var bounds = bounds(List.of(partition)).get(partition);
        if (bounds == null) {
            throw new LogUnavailableException("no broker answers for partition %d".formatted(partition), null);
        }
        return bounds;
    }

    /** Of those partitions for which Kafka answers in time: one that has no leader keeps no other from being known. */
    Map<LogPartition, Bounds> bounds(Found topic) {
        var found = new LinkedHashMap<LogPartition, Bounds>();
        bounds(topic.led()).forEach((number, bounds) -> found.put(new LogPartition(topic.topicId(), number), bounds));
        return found;
    }

    private Map<Integer, Bounds> bounds(Collection<Integer> partitions) {
        var starts = ask(partitions, OffsetSpec.earliest());
        var ends = ask(partitions, OffsetSpec.latest());
        var found = new TreeMap<Integer, Bounds>();
        for (var partition : partitions) {
            var start = offset(starts, partition);
            var end = offset(ends, partition);
            if (start.isPresent() && end.isPresent()) {
                found.put(partition, new Bounds(start.get(), end.get()));
            }
        }
        return found;
    }

    private ListOffsetsResult ask(Collection<Integer> partitions, OffsetSpec which) {
        return admin().listOffsets(partitions.stream()
                .map(this::place)
                .collect(Collectors.toMap(UnaryOperator.identity(), _ -> which)));
    }

    private TopicPartition place(int partition) {
        return new TopicPartition(settings.topic(), partition);
    }

    /** All were asked at once, and Kafka's client gives each up at the deadline: waiting for one after the other adds nothing up. */
    private Optional<Long> offset(ListOffsetsResult asked, int partition) {
        try {
            return Optional.of(answer(asked.partitionResult(place(partition))).offset());
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        }
    }

    private <T> T answer(KafkaFuture<T> asked) throws ExecutionException, TimeoutException {
        try {
            return asked.get(2 * settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        }
    }

    /** A client that did not answer is not asked again: it may wait for a connection that is none any more. */
    private LogUnavailableException away(Exception e) {
        close();
        return new LogUnavailableException("Kafka does not answer", e);
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.client("backup-service-segments-admin"));
        }
        return admin;
    }

    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
