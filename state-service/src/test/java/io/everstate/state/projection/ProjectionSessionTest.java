package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.state.Owner;
import io.everstate.state.fold.InMemoryFoldStore;
import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.LogTopic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final InMemoryFoldStore store = new InMemoryFoldStore();
    private final ProjectionStatus status = new ProjectionStatus();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();
    private final ProjectionSession session = new ProjectionSession(
            consumer,
            () -> Optional.of(new LogTopic(TOPIC_ID, 1)),
            new AssignedPartitions(
                    store, StoredRecords.CODEC, status, new ProjectionMetrics(meters, status), Clock.systemUTC()),
            status,
            Duration.ZERO);

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

    @Test
    void refusesToFoldATopicThatWasMadeAnew() {
        var other = new InMemoryFoldStore();
        other.load(0, "topic-before");
        var partitions = new AssignedPartitions(
                other, StoredRecords.CODEC, status, new ProjectionMetrics(meters, status), Clock.systemUTC());
        partitions.assigned(0);

        var offset = partitions.load(0, TOPIC_ID);

        assertThat(offset).isEmpty();
        assertThat(partitions.reading()).isEmpty();
        assertThat(status.stopped().get(0)).contains("topic-before", TOPIC_ID);
    }

    @Test
    void stopsAPartitionOfWhichTheLogLostRecords() {
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 7L)));

        session.step();

        assertThat(status.stopped().get(0)).contains("offset 7");
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
}
