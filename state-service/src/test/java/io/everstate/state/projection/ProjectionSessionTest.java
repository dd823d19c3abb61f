package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.SteppingClock;
import io.everstate.state.TestConfiguration;
import io.everstate.state.finding.Announcements;
import io.everstate.state.finding.FoundInLog;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.InMemoryFoldStore;
import io.everstate.state.fold.ParkingChanges;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.SkipCounts;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.RecordMark;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The session on Kafka's own in-memory consumer. */
class ProjectionSessionTest {
    private static final TopicPartition PARTITION = new TopicPartition(StoredRecords.TOPIC, 0);
    private static final String TOPIC_ID = "topic-a";
    private static final ProjectionConfiguration CONFIGURATION =
            TestConfiguration.of(ProjectionConfiguration.class, Map.of("everstate.projection.retry-delay", "0s"));

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final InMemoryFoldStore store = new InMemoryFoldStore();
    private final ProjectionStatus status = new ProjectionStatus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final SteppingClock clock = new SteppingClock();
    private String topicId = TOPIC_ID;
    private long end;
    private boolean grownAgain;
    private final ProjectionSession session = session(consumer, status);

    private ProjectionSession session(MockConsumer<String, byte[]> member, ProjectionStatus said) {
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

    @BeforeEach
    void assign() {
        session.join(StoredRecords.TOPIC);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.rebalance(List.of(PARTITION));
        session.step();
    }

    private void written(long offset, LogRecord... entries) {
        for (int i = 0; i < entries.length; i++) {
            consumer.addRecord(StoredRecords.of(0, offset + i, entries[i]));
        }
        end = offset + entries.length;
    }

    private PartitionPosition position() {
        return store.load(0, TOPIC_ID);
    }

    @Test
    void readsFromWhereTheStoreStandsNotFromWhatKafkaRemembers() {
        written(0, owner.claim(), owner.created(bot));

        session.step();
        session.step();

        assertThat(position().nextOffset()).isEqualTo(2);
        assertThat(consumer.committed(Set.of(PARTITION))).isEmpty();
    }

    @Test
    void writesNothingTwiceWhenTheDatabaseWasAway() {
        written(0, owner.claim(), owner.created(bot), owner.started(bot), owner.trade(bot, 3));
        session.step();
        store.away(true);
        session.step();
        var trouble = status.trouble();
        var paused = consumer.paused();

        store.away(false);
        session.step();

        assertThat(trouble).isEqualTo("the database does not answer");
        assertThat(paused).containsExactly(PARTITION);
        assertThat(store.trades()).hasSize(1);
        assertThat(status.trouble()).isNull();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void waitsWithAPartitionWhoseStateCannotBeLoadedYet() {
        store.away(true);
        consumer.rebalance(List.of());
        consumer.rebalance(List.of(PARTITION));
        written(0, owner.claim(), owner.created(bot));
        session.step();
        assertThat(status.folding()).isEmpty();

        store.away(false);
        session.step();
        session.step();
        session.step();

        assertThat(position().nextOffset()).isEqualTo(2);
    }

    /** What ended the membership before it has not gone away by a new one. */
    @Test
    void isNotWellBeforeItWasToldItsPartitions() {
        status.troubled("the database is damaged");
        var member = new MockConsumer<String, byte[]>("none");
        member.updateBeginningOffsets(Map.of(PARTITION, 0L));
        try (var next = session(member, status).join(StoredRecords.TOPIC)) {
            next.step();
            var before = status.trouble();
            member.rebalance(List.of(PARTITION));
            next.step();

            assertThat(before).isEqualTo("the database is damaged");
            assertThat(status.trouble()).isNull();
        }
    }

    @Test
    void saysThatItHasBegunWhenAllPartitionsAreTakenUp() throws InterruptedException {
        var other = new ProjectionStatus();
        var member = new MockConsumer<String, byte[]>("none");
        var joining = session(member, other).join(StoredRecords.TOPIC);
        member.updateBeginningOffsets(Map.of(PARTITION, 0L));
        joining.step();
        var before = other.awaitBegun(Duration.ZERO);
        member.rebalance(List.of(PARTITION));
        var told = other.awaitBegun(Duration.ZERO);

        joining.step();

        assertThat(List.of(before, told, other.awaitBegun(Duration.ZERO))).containsExactly(false, false, true);
    }

    @Test
    void whoWaitsForItToBeginIsToldThatItCannot() throws InterruptedException {
        var troubled = new ProjectionStatus();
        var withoutTopic = new ProjectionStatus();
        var superseded = new ProjectionStatus();

        troubled.troubled("the database does not answer");
        withoutTopic.waitsForTopic();
        superseded.superseded();

        assertThat(troubled.awaitBegun(Duration.ZERO)).isTrue();
        assertThat(withoutTopic.awaitBegun(Duration.ZERO)).isTrue();
        assertThat(superseded.awaitBegun(Duration.ZERO)).isTrue();
    }

    @Test
    void endsWhenSomebodyElseMovedThePartition() {
        written(0, owner.claim(), owner.created(bot));
        session.step();
        var other = new PartitionProjection(0, position(), StoredRecords.CODEC);
        store.commit(List.of(other.fold(StoredRecords.from(0, owner.claim()))));

        assertThatThrownBy(session::step).isInstanceOf(PartitionLostException.class);

        assertThat(position().nextOffset()).isEqualTo(1);
    }

    @Test
    void forgetsWhatItFoldedOfAPartitionThatWasTakenAway() {
        written(0, owner.claim(), owner.created(bot));
        session.step();

        session.onPartitionsRevoked(List.of(PARTITION));
        session.step();

        assertThat(position().nextOffset()).isZero();
    }

    @Test
    void stopsAPartitionInFrontOfARecordThatItCannotRead() {
        written(0, owner.claim(), owner.created(bot));
        consumer.addRecord(StoredRecords.unreadable(2));
        consumer.addRecord(StoredRecords.of(0, 3, owner.started(bot)));

        session.step();
        session.step();
        session.step();

        assertThat(position().nextOffset()).isEqualTo(2);
        assertThat(status.stopped().get(0)).contains("offset 2");
        assertThat(consumer.paused()).containsExactly(PARTITION);
    }

    @Test
    void goesOnWithoutABotWhoseRecordIsNotUnderstoodAndSaysSo() {
        written(0, owner.claim(), owner.created(bot));
        consumer.addRecord(StoredRecords.strange(2, owner, bot, 2));
        consumer.addRecord(StoredRecords.of(0, 3, owner.created(Owner.newBot())));

        session.step();
        session.step();

        assertThat(position().nextOffset()).isEqualTo(4);
        assertThat(position().bots()).hasSize(2);
        assertThat(status.stopped()).isEmpty();
        assertThat(status.parked()).containsExactly(bot);
        assertThat(meters.get("everstate.projection.parked.bots").gauge().value())
                .isEqualTo(1);
        assertThat(new ProjectionHealth(status).call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(new ProjectionHealth(status).call().getData().orElseThrow())
                .containsEntry("parked", "[" + bot + "]");
    }

    @Test
    void saysWhoIsParkedAlsoAfterARestartAndNotWhenThePartitionIsAnothers() {
        written(0, owner.claim(), owner.created(bot));
        consumer.addRecord(StoredRecords.strange(2, owner, bot, 2));
        end = 3;
        session.step();
        session.step();

        session.onPartitionsRevoked(List.of(PARTITION));
        var withoutIt = status.parked();
        consumer.rebalance(List.of());
        consumer.rebalance(List.of(PARTITION));
        session.step();

        assertThat(withoutIt).isEmpty();
        assertThat(status.parked()).containsExactly(bot);
    }

    /** With more records than were folded, so that no offset is out of range. */
    @Test
    void noticesWhileItReadsThatTheTopicWasMadeAnew() {
        written(0, owner.claim(), owner.created(bot));
        session.step();
        session.step();
        topicId = "topic-b";
        end = 7;

        session.step();
        var before = store.load(0, "topic-b").topicId();
        clock.advance(AssignedPartitions.LOOK);
        session.step();

        assertThat(before).isEqualTo(TOPIC_ID);
        assertThat(store.load(0, "topic-b").topicId()).isEqualTo("topic-b");
        assertThat(consumer.position(PARTITION)).isZero();
    }

    /** As a person does who takes a record out that stops its partition. */
    @Test
    void takesUpAStoppedPartitionWhoseTopicWasMadeAnew() {
        written(0, owner.claim(), owner.created(bot));
        consumer.addRecord(StoredRecords.unreadable(2));
        session.step();
        session.step();
        var before = status.stopped();
        topicId = "topic-b";
        end = 2;

        clock.advance(AssignedPartitions.LOOK);
        session.step();

        assertThat(before).containsOnlyKeys(0);
        assertThat(status.stopped()).isEmpty();
        assertThat(position().topicId()).isEqualTo("topic-b");
        assertThat(consumer.position(PARTITION)).isZero();
    }

    /** The consumer learns from the new leader that its place is in records that are gone, though the log is longer again. */
    @Test
    void foldsFromItsStartALogThatLostItsEndAndGrewAgainWhileItWasRead() {
        written(0, owner.claim(), owner.created(bot));
        session.step();
        session.step();
        grownAgain = true;
        end = 9;
        consumer.setPollException(new LogTruncationException(Map.of(PARTITION, 2L), Map.of()));

        session.step();
        session.step();

        assertThat(status.stopped()).isEmpty();
        assertThat(position().anew()).isNotNull();
        assertThat(consumer.position(PARTITION)).isZero();
    }

    @Test
    void takesUpAnewABotThatWasTakenUpBesideIt() {
        written(0, owner.claim(), owner.created(bot));
        consumer.addRecord(StoredRecords.strange(2, owner, bot, 2));
        end = 3;
        session.step();
        session.step();
        store.resume(
                0,
                place -> Optional.of(new FoldedBatch(
                        0,
                        3,
                        0,
                        4,
                        1,
                        List.of(),
                        Map.of(),
                        List.of(),
                        new ParkingChanges(List.of(), List.of(bot)),
                        SkipCounts.NONE,
                        0,
                        FoundInLog.NOTHING,
                        false,
                        null,
                        null)));

        session.step();
        var before = status.parked();
        clock.advance(AssignedPartitions.LOOK);
        session.step();

        assertThat(before).containsExactly(bot);
        assertThat(status.parked()).isEmpty();
        assertThat(consumer.position(PARTITION)).isEqualTo(3);
    }

    @Test
    void stopsAPartitionOfWhichTheLogLostItsBeginning() {
        end = 100;
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 7L)));

        session.step();

        assertThat(status.stopped().get(0)).contains("offset 7");
    }

    @Test
    void takesAPartitionUpAnewThatLostItsEnd() {
        written(0, owner.claim(), owner.created(bot), owner.started(bot));
        session.step();
        session.step();
        end = 2;
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 3L)));

        session.step();
        session.step();

        assertThat(status.stopped()).isEmpty();
        assertThat(position().anew()).isNotNull();
        assertThat(consumer.position(PARTITION)).isZero();
    }

    @Test
    void countsWhatItCommitted() {
        written(0, owner.claim(), owner.created(bot), owner.created(bot));

        session.step();
        session.step();

        assertThat(meters.counter("everstate.projection.records").count()).isEqualTo(3);
        assertThat(meters.counter("everstate.projection.skipped", "reason", "duplicate")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void saysHowManyEventsWaitAndNoneWhenItHasEnded() {
        written(0, owner.claim(), owner.created(bot));
        consumer.updateEndOffsets(Map.of(PARTITION, 40L));

        session.step();
        session.step();
        var waiting = status.waiting();
        session.close();

        assertThat(waiting).isEqualTo(38);
        assertThat(status.waiting()).isZero();
    }
}
