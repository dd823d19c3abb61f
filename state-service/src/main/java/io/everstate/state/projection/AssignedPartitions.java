package io.everstate.state.projection;

import io.everstate.state.finding.Announcements;
import io.everstate.state.finding.Finding;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.RecordMark;
import jakarta.enterprise.context.Dependent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    /** Longer than a statement can take: the database's connections give up before. */
    private static final Duration RELEASE = Duration.ofSeconds(30);
    /** So long nothing is polled while nothing more can be folded; the membership does not need it sooner. */
    private static final Duration FULL = Duration.ofMillis(200);

    private static final Logger LOG = Logger.getLogger(AssignedPartitions.class);

    private final FoldStore store;
    private final FoldsHere folds;
    private final ProjectionStatus status;
    private final ProjectionMetrics metrics;
    private final Announcements announcements;
    private final Clock clock;
    private final BatchWriter writer;
    private final long most;
    private Instant nextLook = Instant.MIN;
    /** Whether the last transaction left out what waits of partitions that are far behind. */
    private boolean alone;

    private final Set<Integer> unloaded = new HashSet<>();
    private final Map<Integer, PartitionProjection> folding = new HashMap<>();
    private final Map<Integer, PartitionProjection> stopped = new HashMap<>();
    /** Of those that are folded, where something waits to be written. */
    private final Set<Integer> changed = new HashSet<>();
    /** Of those that were stopped, what had been folded before. */
    private final List<FoldedBatch> last = new ArrayList<>();
    /** In front of records that stop their partition, and not kept yet. */
    private final List<Finding> unkept = new ArrayList<>();

    AssignedPartitions(
            FoldStore store,
            FoldsHere folds,
            ProjectionStatus status,
            ProjectionMetrics metrics,
            Announcements announcements,
            Clock clock,
            WritingThread thread,
            ProjectionConfiguration configuration) {
        this.store = store;
        this.folds = folds;
        this.status = status;
        this.metrics = metrics;
        this.announcements = announcements;
        this.clock = clock;
        this.writer = new BatchWriter(batches -> metrics.timed(() -> store.commit(batches)), thread, clock);
        this.most = configuration.maxRecords();
    }

    /**
     * Looks every {@link #LOOK} whether the topic was made anew, or bots that are parked here were taken up again beside this replica, and
     * takes such partitions up anew.
     *
     * @throws io.everstate.contracts.problem.ProblemException when the log or the database does not answer; it is looked again
     */
    void refresh(Supplier<Optional<LogTopic>> topic) {
        if ((folding.isEmpty() && stopped.isEmpty()) || clock.instant().isBefore(nextLook)) {
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

    /**
     * Forgets what was folded and not written: whoever has the partition next folds it again from where the store stands. What is being
     * written is waited for, or it would come behind what the next one reads.
     */
    void released(int partition) {
        folds.end(partition);
        writer.await(RELEASE);
        writer.forget(partition);
        unloaded.remove(partition);
        folding.remove(partition);
        stopped.remove(partition);
        changed.remove(partition);
        last.removeIf(batch -> batch.partition() == partition);
        status.released(partition);
    }

    /** Those that wait for {@link #load}. */
    Set<Integer> unloaded() {
        return Set.copyOf(unloaded);
    }

    /** Those to read on; none while something folded could not be written. */
    Set<Integer> reading() {
        return writer.troubled() ? Set.of() : Set.copyOf(folding.keySet());
    }

    /** Whether something folded could not be written, and is not yet. */
    boolean troubled() {
        return writer.troubled();
    }

    /** Whether as much as a transaction may have waits to be written: of partitions that are far behind nothing is folded on top of it. */
    boolean full() {
        return waiting() >= most;
    }

    /** Whether twice as much waits: nothing at all is folded on top of it. */
    boolean overfull() {
        return waiting() >= 2 * most;
    }

    private long waiting() {
        return changed.stream()
                .map(folding::get)
                .filter(Objects::nonNull)
                .mapToLong(PartitionProjection::waiting)
                .sum();
    }

    /** Whether something waits until what was folded before it is written. */
    boolean waitsForWriter() {
        return (writer.writing() || writer.resting()) && !changed.isEmpty();
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
        var why = whyAnew(position, topic.id(), end, ends.holds());
        if (why != null) {
            LOG.warnf("partition %d is folded from its start, behind what is known: %s", partition, why);
            position = store.beginAnew(partition, position, topic.id(), end);
        }
        unloaded.remove(partition);
        folding.put(partition, folds.begin(partition, position));
        status.loaded(partition, position.parked());
        if (position.anew() != null && end == 0) {
            changed.add(partition);
        }
        return position.nextOffset();
    }

    /** Null when the log is the one that was folded so far. */
    private static @Nullable String whyAnew(
            PartitionPosition position, String topicId, long end, Predicate<RecordMark> holds) {
        if (!position.topicId().equals(topicId)) {
            return "it was folded from topic id " + position.topicId() + ", and the log has " + topicId;
        }
        if (position.nextOffset() > end) {
            return "it was folded up to offset " + position.nextOffset() + ", and the log ends at " + end;
        }
        if (position.anew() != null) {
            return "that was begun before, and not ended";
        }
        var last = position.last();
        return last == null || holds.test(last)
                ? null
                : "it was folded up to offset %d, and ends at %d with another record at %d: it lost its end and has grown again"
                        .formatted(position.nextOffset(), end, last.offset());
    }

    /** Folds records in memory, where they can be read at once; they are kept with {@link #write}. */
    void fold(int partition, List<ConsumerRecord<String, byte[]>> records) {
        var projection = folding.get(partition);
        if (projection == null) {
            throw new IllegalStateException("records of partition " + partition + ", which is not being folded");
        }
        var moved = projection.add(records);
        changed.add(partition);
        folds.folded(partition, moved);
    }

    /**
     * Keeps what was folded, in one transaction; nothing to do is no transaction. While one is on its way what is folded waits for the next.
     *
     * @throws PartitionLostException then nothing here is worth anything any more
     * @throws io.everstate.state.platform.DatabaseUnavailableException it can be tried again
     */
    void write() {
        settle();
        if (full()) {
            writer.await(FULL);
            settle();
        }
        if (writer.failed()) {
            writer.again();
        } else if (!writer.writing() && (full() || !writer.resting())) {
            writer.write(taken(_ -> true));
        }
        settle();
    }

    /**
     * The same, but partitions that are far behind wait for as many records as a transaction may have: there are more to read, and their states
     * are written once for all. What others brought does not wait with them, but for one transaction of theirs at most.
     */
    void writeBeside(Set<Integer> far) {
        settle();
        if (full()) {
            writer.await(FULL);
            settle();
        }
        if (writer.failed()) {
            writer.again();
        } else if (!writer.writing()) {
            var near = changed.stream().anyMatch(partition -> !far.contains(partition));
            if (full() && (alone || !near)) {
                alone = false;
                writer.write(taken(_ -> true));
            } else {
                alone = near;
                writer.write(taken(partition -> !far.contains(partition)));
            }
        }
        settle();
    }

    private List<FoldedBatch> taken(IntPredicate wanted) {
        var taking = changed.stream().filter(wanted::test).toList();
        var batches = Stream.concat(
                        last.stream(),
                        taking.stream()
                                .map(folding::get)
                                .filter(Objects::nonNull)
                                .map(PartitionProjection::take))
                .toList();
        last.clear();
        taking.forEach(changed::remove);
        return batches;
    }

    /** Learns what became of what was written last. */
    private void settle() {
        writer.written().ifPresent(written -> {
            announcements.announce(written.found());
            written.batches().forEach(this::written);
        });
        if (!unkept.isEmpty()) {
            announcements.announce(store.keep(List.copyOf(unkept)));
            unkept.clear();
        }
    }

    private void written(FoldedBatch batch) {
        if (batch.moves()) {
            committed(batch);
        }
        if (batch.unreadable() != null) {
            unkept.addAll(batch.findings().found());
            stop(batch.partition(), "a record cannot be read, " + batch.unreadable());
        }
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
            if (changed.remove(partition)) {
                last.add(projection.take());
            }
        }
        status.stopped(partition, reason);
    }

    /** Returns when nothing is being written any more. Of what was folded only what is stored is read from then on. */
    void end() {
        folds.endAll();
        writer.await(RELEASE);
    }
}
