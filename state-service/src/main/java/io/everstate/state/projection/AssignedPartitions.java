package io.everstate.state.projection;

import io.everstate.contracts.log.RecordCodec;
import io.everstate.state.finding.Announcements;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.log.LogTopic;
import jakarta.enterprise.context.Dependent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that this consumer has now, each in one of three states: not loaded yet, folding, or stopped for good (until it is assigned
 * anew). Not thread-safe.
 */
@Dependent
final class AssignedPartitions {
    static final Duration LOOK = Duration.ofSeconds(2);
    private static final Logger LOG = Logger.getLogger(AssignedPartitions.class);

    private final FoldStore store;
    private final RecordCodec codec;
    private final ProjectionStatus status;
    private final ProjectionMetrics metrics;
    private final Announcements announcements;
    private final Clock clock;
    private Instant nextLook = Instant.MIN;

    private final Set<Integer> unloaded = new HashSet<>();
    private final Map<Integer, PartitionProjection> folding = new HashMap<>();
    private final Map<Integer, PartitionProjection> stopped = new HashMap<>();
    private final List<FoldedBatch> unwritten = new ArrayList<>();

    AssignedPartitions(
            FoldStore store,
            RecordCodec codec,
            ProjectionStatus status,
            ProjectionMetrics metrics,
            Announcements announcements,
            Clock clock) {
        this.store = store;
        this.codec = codec;
        this.status = status;
        this.metrics = metrics;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Looks every {@link #LOOK} whether the topic was made anew, or bots that are parked here were taken up again beside this replica, and
     * takes such partitions up anew.
     *
     * @throws io.everstate.contracts.problem.ProblemException when the log or the database does not answer; it is looked again
     */
    void refresh(Supplier<Optional<LogTopic>> topic) {
        if ((folding.isEmpty() && stopped.isEmpty())
                || !unwritten.isEmpty()
                || clock.instant().isBefore(nextLook)) {
            return;
        }
        var present = topic.get();
        var parked = status.parkedByPartition().keySet();
        Map.copyOf(folding).forEach((partition, projection) -> {
            if (isAnother(present, projection)
                    || (parked.contains(partition) && projection.revision() != store.revision(partition))) {
                assigned(partition);
            }
        });
        Map.copyOf(stopped).forEach((partition, projection) -> {
            if (isAnother(present, projection)) {
                assigned(partition);
            }
        });
        nextLook = clock.instant().plus(LOOK);
    }

    /** While there is none, nothing is begun. */
    private static boolean isAnother(Optional<LogTopic> present, PartitionProjection projection) {
        return present.filter(topic -> !projection.isOf(topic.id())).isPresent();
    }

    void assigned(int partition) {
        released(partition);
        unloaded.add(partition);
    }

    /** Forgets what was folded and not written: whoever has the partition next folds it again from where the store stands. */
    void released(int partition) {
        unloaded.remove(partition);
        folding.remove(partition);
        stopped.remove(partition);
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
     * Takes a partition up where the store has it; a log that is not the one that was folded so far, at its start.
     *
     * @param topic that the log has now
     * @return the offset to read from
     * @throws io.everstate.state.platform.DatabaseUnavailableException it stays unloaded
     */
    long load(int partition, LogTopic topic, PartitionEnd ends) {
        var position = store.load(partition, topic.id(), ends.then());
        // another replica may have folded on since the log was asked
        var end = position.nextOffset() > ends.then() ? ends.now().getAsLong() : ends.then();
        var why = whyAnew(position, topic.id(), end);
        if (why != null) {
            LOG.warnf("partition %d is folded from its start, behind what is known: %s", partition, why);
            position = store.beginAnew(partition, position, topic.id(), end);
        }
        unloaded.remove(partition);
        var projection = new PartitionProjection(partition, position, codec);
        folding.put(partition, projection);
        status.loaded(partition, position.parked());
        if (position.anew() != null && end == 0) {
            unwritten.add(projection.fold(List.of()));
        }
        return position.nextOffset();
    }

    /** Null when the log is the one that was folded so far. */
    private static @Nullable String whyAnew(PartitionPosition position, String topicId, long end) {
        if (!position.topicId().equals(topicId)) {
            return "it was folded from topic id " + position.topicId() + ", and the log has " + topicId;
        }
        if (position.nextOffset() > end) {
            return "it was folded up to offset " + position.nextOffset() + ", and the log ends at " + end;
        }
        return position.anew() == null ? null : "that was begun before, and not ended";
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
            announcements.announce(metrics.timed(() -> store.commit(moving)));
            moving.forEach(this::committed);
        }
        for (var batch : unwritten) {
            if (batch.unreadable() != null) {
                announcements.announce(store.keep(batch.findings().found()));
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
        var projection = folding.remove(partition);
        if (projection != null) {
            stopped.put(partition, projection);
        }
        status.stopped(partition, reason);
    }
}
