package io.everstate.state.projection;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.fold.PartitionLostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * One membership in the consumer group. Where to read on is asked of the store alone; Kafka's committed offsets are not used. While the
 * database is away the partitions are paused and polling goes on, so that the membership is kept. Used by one thread.
 */
final class ProjectionSession implements ConsumerRebalanceListener, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** While something waits for the transaction before it. */
    private static final Duration SOON = Duration.ofMillis(1);

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Consumer<String, byte[]> consumer;
    private final PresentLog log;
    private final AssignedPartitions partitions;
    private final ProjectionStatus status;
    private final Turns turns;
    private final Duration retryDelay;
    /** Whether the last look into the log found something. */
    private boolean found;
    /** Whether the group has answered which partitions are read here. */
    private boolean joined;

    ProjectionSession(
            Consumer<String, byte[]> consumer,
            PresentLog log,
            AssignedPartitions partitions,
            ProjectionStatus status,
            ProjectionConfiguration configuration) {
        this.consumer = consumer;
        this.log = log;
        this.partitions = partitions;
        this.status = status;
        this.turns = new Turns(configuration.maxRecords());
        this.retryDelay = configuration.retryDelay();
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
            var records = consumer.poll(waiting ? retryDelay : patience());
            found = !records.isEmpty();
            for (var partition : records.partitions()) {
                partitions.fold(partition.partition(), records.records(partition));
            }
            turns.polled(
                    records.partitions().stream().map(TopicPartition::partition).collect(Collectors.toSet()));
            if (found && partitions.full()) {
                turns.transactionFull();
            }
        } catch (LogTruncationException e) {
            // behind its new end or not, it is seen when it is taken up whether what was folded is still there
            e.offsetOutOfRangePartitions().keySet().forEach(partition -> partitions.assigned(partition.partition()));
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach((partition, offset) -> outOfRange(partition.partition(), offset));
        }
    }

    /** How long to look for records when there are none. */
    private Duration patience() {
        var writes = partitions.full() || (partitions.waitsForWriter() && !turns.behind());
        return writes ? SOON : POLL;
    }

    /** Behind its end the log is another than it was, and is taken up as such; in front of its beginning records are gone. */
    private void outOfRange(int partition, long offset) {
        if (offset > log.ends().getOrDefault(partition, Long.MAX_VALUE)) {
            partitions.assigned(partition);
        } else {
            partitions.stop(partition, "the log has no offset " + offset + ": it lost records");
        }
    }

    /** @return false when something is left for a later try */
    private boolean settled() {
        try {
            if (found && turns.behind()) {
                partitions.writeBeside(turns.far());
            } else {
                partitions.write();
            }
            partitions.refresh(log::topic);
            load();
            if (partitions.troubled()) {
                return false; // it is being tried again, and nobody knows yet whether that helps
            }
            if (joined) {
                status.recovered(); // before that nothing was asked of the database
            }
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
        var present = log.topic();
        var ends = log.ends();
        if (present.isEmpty() || ends.isEmpty()) {
            return; // deleted since it was assigned; the group will take the partitions away
        }
        for (var partition : consumer.assignment()) {
            var number = partition.partition();
            var end = ends.get(number);
            if (end != null && partitions.unloaded().contains(number)) {
                var known = new PartitionEnd(
                        end, () -> log.ends().getOrDefault(number, end), record -> log.holds(number, record));
                consumer.seek(partition, partitions.load(number, present.get(), known));
            }
        }
    }

    /** Lets the consumer fetch what can be folded now, and nothing else. */
    private void steer() {
        var reading = partitions.reading();
        var lags = lags(reading);
        status.waiting(lags.values().stream().mapToLong(Long::longValue).sum());
        var now = now(reading, partition -> lags.getOrDefault(partition, 0L));
        var assigned = consumer.assignment().stream()
                .collect(Collectors.partitioningBy(partition -> now.contains(partition.partition())));
        consumer.resume(assigned.get(true));
        consumer.pause(assigned.get(false));
        status.folding(reading);
        if (joined && partitions.unloaded().isEmpty()) {
            status.takenUp();
        }
    }

    /** While as much waits as a transaction may have, only those that are not far behind are read, and not without end. */
    private Set<Integer> now(Set<Integer> reading, IntToLongFunction lag) {
        if (!partitions.full()) {
            return turns.of(reading, lag);
        }
        var near = new HashSet<>(reading);
        near.removeAll(turns.far());
        return turns.behind() && !partitions.overfull() ? near : Set.of();
    }

    private Map<Integer, Long> lags(Set<Integer> reading) {
        return consumer.assignment().stream()
                .filter(partition -> reading.contains(partition.partition()))
                .collect(Collectors.toMap(
                        TopicPartition::partition,
                        partition -> consumer.currentLag(partition).orElse(0)));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        joined = true;
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
        try {
            partitions.end();
        } finally {
            status.waiting(0); // nobody is held up by who does not fold
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }
}
