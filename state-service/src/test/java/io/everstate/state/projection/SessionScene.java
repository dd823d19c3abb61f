package io.everstate.state.projection;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.SteppingClock;
import io.everstate.state.TestConfiguration;
import io.everstate.state.finding.Announcements;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.InMemoryFoldStore;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.RecordMark;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** A session with one partition, on Kafka's own in-memory consumer. */
final class SessionScene {
    static final TopicPartition PARTITION = new TopicPartition(StoredRecords.TOPIC, 0);
    static final String TOPIC_ID = "topic-a";
    private static final ProjectionConfiguration CONFIGURATION =
            TestConfiguration.of(ProjectionConfiguration.class, Map.of("everstate.projection.retry-delay", "0s"));

    final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    final InMemoryFoldStore store = new InMemoryFoldStore();
    final ProjectionStatus status = new ProjectionStatus();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Owner owner = new Owner(1);
    final BotId bot = Owner.newBot();
    final SteppingClock clock = new SteppingClock();
    /** Of the topic that there is now. */
    String topicId = TOPIC_ID;
    /** Of the log, as it says. */
    long end;
    /** Whether other records stand where the last ones were folded. */
    boolean grownAgain;

    final ProjectionSession session = session(consumer, status);

    /** It has its partition. */
    SessionScene() {
        session.join(StoredRecords.TOPIC);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.rebalance(List.of(PARTITION));
        session.step();
    }

    ProjectionSession session(MockConsumer<String, byte[]> member, ProjectionStatus said) {
        return new ProjectionSession(
                member,
                new Log(),
                new AssignedPartitions(
                        store,
                        new FoldsHere(StoredRecords.CODEC, List.of()),
                        said,
                        new ProjectionMetrics(meters, said),
                        new Announcements(meters),
                        clock,
                        Runnable::run,
                        CONFIGURATION),
                said,
                CONFIGURATION);
    }

    private final class Log implements PresentLog {
        @Override
        public Optional<LogTopic> topic() {
            return Optional.of(new LogTopic(topicId, 1));
        }

        @Override
        public Map<Integer, Long> ends() {
            return Map.of(0, end);
        }

        @Override
        public boolean holds(int partition, RecordMark record) {
            return !grownAgain;
        }
    }

    /** They stand in the log from that offset on, which ends behind them. */
    void written(long offset, LogRecord... entries) {
        for (int i = 0; i < entries.length; i++) {
            consumer.addRecord(StoredRecords.of(0, offset + i, entries[i]));
        }
        end = offset + entries.length;
    }

    PartitionPosition position() {
        return store.load(0, TOPIC_ID);
    }
}
