package io.everstate.state.projection;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.log.LogTopic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * One membership in the consumer group. Where to read on is asked of the store alone; Kafka's committed offsets are not used. While the
 * database is away the partitions are paused and polling goes on, so that the membership is kept. Used by one thread.
 */
final class ProjectionSession implements ConsumerRebalanceListener, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Consumer<String, byte[]> consumer;
    private final Supplier<Optional<LogTopic>> topic;
    private final Supplier<Map<Integer, Long>> ends;
    private final AssignedPartitions partitions;
    private final ProjectionStatus status;
    private final Duration retryDelay;

    /**
     * @param topic as it is now, asked whenever partitions are taken up
     * @param ends where each partition ends, asked with it
     */
    ProjectionSession(
            Consumer<String, byte[]> consumer,
            Supplier<Optional<LogTopic>> topic,
            Supplier<Map<Integer, Long>> ends,
            AssignedPartitions partitions,
            ProjectionStatus status,
            Duration retryDelay) {
        this.consumer = consumer;
        this.topic = topic;
        this.ends = ends;
        this.partitions = partitions;
        this.status = status;
        this.retryDelay = retryDelay;
    }

    ProjectionSession join(String topicName) {
        consumer.subscribe(List.of(topicName), this);
        return this;
    }

    /**
     * Writes what the last step folded, takes up new partitions, reads on.
     *
     * @throws PartitionLostException when this membership is over
     */
    void step() {
        var waiting = !settled();
        steer();
        try {
            var records = consumer.poll(waiting ? retryDelay : POLL);
            for (var partition : records.partitions()) {
                partitions.fold(partition.partition(), records.records(partition));
            }
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach((partition, offset) -> outOfRange(partition.partition(), offset));
        }
    }

    /** Behind its end the log is another than it was, and is taken up as such; in front of its beginning records are gone. */
    private void outOfRange(int partition, long offset) {
        if (offset > ends.get().getOrDefault(partition, Long.MAX_VALUE)) {
            partitions.assigned(partition);
        } else {
            partitions.stop(partition, "the log has no offset " + offset + ": it lost records");
        }
    }

    /** @return false when something is left for a later try */
    private boolean settled() {
        try {
            partitions.write();
            partitions.refresh(topic);
            load();
            status.recovered();
            return true;
        } catch (PartitionLostException e) {
            throw e;
        } catch (ProblemException e) {
            if (!e.type().retryable()) {
                throw e;
            }
            status.troubled(e.detail());
            return false;
        }
    }

    private void load() {
        if (partitions.unloaded().isEmpty()) {
            return;
        }
        var present = topic.get();
        var log = ends.get();
        if (present.isEmpty() || log.isEmpty()) {
            return; // deleted since it was assigned; the group will take the partitions away
        }
        for (var partition : consumer.assignment()) {
            var number = partition.partition();
            var end = log.get(number);
            if (end != null && partitions.unloaded().contains(number)) {
                var known = new PartitionEnd(end, () -> ends.get().getOrDefault(number, end));
                consumer.seek(partition, partitions.load(number, present.get(), known));
            }
        }
    }

    /** Lets the consumer fetch what can be folded, and nothing else. */
    private void steer() {
        var reading = partitions.reading();
        var assigned = consumer.assignment().stream()
                .collect(Collectors.partitioningBy(partition -> reading.contains(partition.partition())));
        consumer.resume(assigned.get(true));
        consumer.pause(assigned.get(false));
        status.folding(reading);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        for (var partition : assigned) {
            partitions.assigned(partition.partition());
            // A position is demanded at once, the right one comes with the load; nothing is fetched in between.
            consumer.seek(partition, 0);
        }
        consumer.pause(assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        revoked.forEach(partition -> partitions.released(partition.partition()));
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
