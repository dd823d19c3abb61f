package io.everstate.state.projection;

import io.everstate.contracts.log.RecordCodec;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.PartitionProjection;
import jakarta.enterprise.context.Dependent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The partitions that this consumer has now, each in one of three states: not loaded yet, folding, or stopped for good (until it is assigned
 * anew). Not thread-safe.
 */
@Dependent
final class AssignedPartitions {
    static final Duration LOOK = Duration.ofSeconds(2);

    private final FoldStore store;
    private final RecordCodec codec;
    private final ProjectionStatus status;
    private final ProjectionMetrics metrics;
    private final Clock clock;
    private Instant nextLook = Instant.MIN;

    private final Set<Integer> unloaded = new HashSet<>();
    private final Map<Integer, PartitionProjection> folding = new HashMap<>();
    private final List<FoldedBatch> unwritten = new ArrayList<>();

    AssignedPartitions(
            FoldStore store, RecordCodec codec, ProjectionStatus status, ProjectionMetrics metrics, Clock clock) {
        this.store = store;
        this.codec = codec;
        this.status = status;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Looks every {@link #LOOK} whether bots that are parked here were taken up again beside this replica, and takes their partitions up
     * anew. Asks nothing while nobody is parked.
     *
     * @throws io.everstate.state.platform.DatabaseUnavailableException it is looked again
     */
    void refresh() {
        var parked = status.parkedByPartition().keySet();
        if (parked.isEmpty() || !unwritten.isEmpty() || clock.instant().isBefore(nextLook)) {
            return;
        }
        for (var partition : parked) {
            var projection = folding.get(partition);
            if (projection != null && projection.revision() != store.revision(partition)) {
                assigned(partition);
            }
        }
        nextLook = clock.instant().plus(LOOK);
    }

    void assigned(int partition) {
        released(partition);
        unloaded.add(partition);
    }

    /** Forgets what was folded and not written: whoever has the partition next folds it again from where the store stands. */
    void released(int partition) {
        unloaded.remove(partition);
        folding.remove(partition);
        unwritten.removeIf(batch -> batch.partition() == partition);
        status.released(partition);
    }

    /** Those that wait for {@link #load}. */
    Set<Integer> unloaded() {
        return Set.copyOf(unloaded);
    }

    /** Those to read on; none while something folded waits to be written. */
    Set<Integer> reading() {
        return unwritten.isEmpty() ? Set.copyOf(folding.keySet()) : Set.of();
    }

    /**
     * Takes a partition up where the store has it.
     *
     * @param topicId of the topic that the log has now
     * @return the offset to read from; empty when what the store has was folded from another topic
     * @throws io.everstate.state.platform.DatabaseUnavailableException it stays unloaded
     */
    OptionalLong load(int partition, String topicId) {
        var position = store.load(partition, topicId);
        unloaded.remove(partition);
        if (!position.topicId().equals(topicId)) {
            stop(
                    partition,
                    "the database was folded from topic id " + position.topicId() + ", the log has " + topicId
                            + ": the topic was made anew, or this is another log");
            return OptionalLong.empty();
        }
        folding.put(partition, new PartitionProjection(partition, position, codec));
        status.loaded(partition, position.parked());
        return OptionalLong.of(position.nextOffset());
    }

    /** Folds records in memory; they count with {@link #write}. */
    void fold(int partition, List<ConsumerRecord<String, byte[]>> records) {
        var projection = folding.get(partition);
        if (projection == null) {
            throw new IllegalStateException("records of partition " + partition + ", which is not being folded");
        }
        unwritten.add(projection.fold(records));
    }

    /**
     * Keeps what was folded, in one transaction; nothing to do is no transaction.
     *
     * @throws PartitionLostException then nothing here is worth anything any more
     * @throws io.everstate.state.platform.DatabaseUnavailableException it can be tried again
     */
    void write() {
        var moving = unwritten.stream().filter(FoldedBatch::moves).toList();
        if (!moving.isEmpty()) {
            metrics.timed(() -> store.commit(moving));
            moving.forEach(this::committed);
        }
        for (var batch : unwritten) {
            if (batch.unreadable() != null) {
                stop(batch.partition(), "a record cannot be read, " + batch.unreadable());
            }
        }
        unwritten.clear();
    }

    private void committed(FoldedBatch batch) {
        metrics.committed(batch);
        var projection = folding.get(batch.partition());
        if (projection != null && !batch.parking().none()) {
            status.parked(batch.partition(), projection.parked());
        }
    }

    void stop(int partition, String reason) {
        folding.remove(partition);
        status.stopped(partition, reason);
    }
}
