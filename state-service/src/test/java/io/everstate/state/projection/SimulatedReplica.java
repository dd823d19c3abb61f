package io.everstate.state.projection;

import io.everstate.state.TestConfiguration;
import io.everstate.state.finding.Announcements;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.RecordMark;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** One membership of a replica in one thread with the test, with the test's group and log around it. */
public final class SimulatedReplica {
    /** What a replica meets outside of itself. */
    public interface Surroundings extends PresentLog {
        @Override
        Optional<LogTopic> topic();

        @Override
        Map<Integer, Long> ends();

        @Override
        boolean holds(int partition, RecordMark record);

        /** What the group wants this replica to have now. */
        Set<Integer> assigned();

        /** @param positions of the partitions that are read */
        ConsumerRecords<String, byte[]> fetch(Map<Integer, Long> positions);

        /** Whether the database carries out a transaction at once. */
        boolean writesAtOnce();
    }

    private static final ProjectionConfiguration CONFIGURATION = TestConfiguration.of(
            ProjectionConfiguration.class,
            Map.of("everstate.projection.retry-delay", "0s", "everstate.projection.max-records", "6"));

    private final SimulatedConsumer consumer;
    private final ProjectionSession session;
    private final HeldWriting writing;
    private final FoldsHere folds = new FoldsHere(StoredRecords.CODEC, List.of());

    public SimulatedReplica(Surroundings surroundings, FoldStore store, Clock clock) {
        var status = new ProjectionStatus();
        var meters = new SimpleMeterRegistry();
        writing = new HeldWriting(surroundings::writesAtOnce);
        consumer = new SimulatedConsumer(StoredRecords.TOPIC, surroundings);
        var partitions = new AssignedPartitions(
                store,
                folds,
                status,
                new ProjectionMetrics(meters, status),
                new Announcements(meters),
                clock,
                writing,
                CONFIGURATION);
        session = new ProjectionSession(consumer.consumer(), surroundings, partitions, status, CONFIGURATION)
                .join(StoredRecords.TOPIC);
    }

    /** As {@link ProjectionLoop} does it again and again; whatever it throws ends the membership. */
    public void step() {
        writing.begins();
        try {
            session.step();
        } finally {
            writing.ended();
        }
    }

    /** Its process is no more. */
    public void dies(boolean inTime) {
        if (inTime) {
            writing.goesOn();
        } else {
            writing.isDropped();
        }
    }

    /** Whether it folds on while a transaction of its own is on its way. */
    public boolean isWriting() {
        return writing.holds();
    }

    /** What can be read in its memory. */
    public FoldsHere folds() {
        return folds;
    }

    /** The partitions that it has, or believes to have. */
    public Set<Integer> assigned() {
        return consumer.assigned();
    }
}
