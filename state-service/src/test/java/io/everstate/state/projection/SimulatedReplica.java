package io.everstate.state.projection;

import io.everstate.state.TestConfiguration;
import io.everstate.state.finding.Announcements;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.RecordMark;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
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
    }

    private static final ProjectionConfiguration CONFIGURATION =
            TestConfiguration.of(ProjectionConfiguration.class, Map.of("everstate.projection.retry-delay", "0s"));

    private final SimulatedConsumer consumer;
    private final ProjectionSession session;

    public SimulatedReplica(Surroundings surroundings, FoldStore store, Clock clock) {
        var status = new ProjectionStatus();
        var meters = new SimpleMeterRegistry();
        consumer = new SimulatedConsumer(StoredRecords.TOPIC, surroundings);
        var partitions = new AssignedPartitions(
                store,
                StoredRecords.CODEC,
                status,
                new ProjectionMetrics(meters, status),
                new Announcements(meters),
                clock,
                Runnable::run,
                CONFIGURATION);
        session = new ProjectionSession(consumer.consumer(), surroundings, partitions, status, CONFIGURATION)
                .join(StoredRecords.TOPIC);
    }

    /** As {@link ProjectionLoop} does it again and again; whatever it throws ends the membership. */
    public void step() {
        session.step();
    }

    /** The partitions that it has, or believes to have. */
    public Set<Integer> assigned() {
        return consumer.assigned();
    }
}
