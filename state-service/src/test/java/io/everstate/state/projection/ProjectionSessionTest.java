package io.everstate.state.projection;

import static io.everstate.state.projection.SessionScene.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.state.fold.PartitionLostException;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

/** The session on Kafka's own in-memory consumer. */
class ProjectionSessionTest {
    private final SessionScene scene = new SessionScene();

    @Test
    void readsFromWhereTheStoreStandsNotFromWhatKafkaRemembers() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));

        scene.session.step();
        scene.session.step();

        assertThat(scene.position().nextOffset()).isEqualTo(2);
        assertThat(scene.consumer.committed(Set.of(PARTITION))).isEmpty();
    }

    @Test
    void writesNothingTwiceWhenTheDatabaseWasAway() {
        scene.written(
                0,
                scene.owner.claim(),
                scene.owner.created(scene.bot),
                scene.owner.started(scene.bot),
                scene.owner.trade(scene.bot, 3));
        scene.session.step();
        scene.store.away(true);
        scene.session.step();
        var trouble = scene.status.trouble();
        var paused = scene.consumer.paused();

        scene.store.away(false);
        scene.session.step();

        assertThat(trouble).isEqualTo("the database does not answer");
        assertThat(paused).containsExactly(PARTITION);
        assertThat(scene.store.trades()).hasSize(1);
        assertThat(scene.status.trouble()).isNull();
        assertThat(scene.consumer.paused()).isEmpty();
    }

    @Test
    void waitsWithAPartitionWhoseStateCannotBeLoadedYet() {
        scene.store.away(true);
        scene.consumer.rebalance(List.of());
        scene.consumer.rebalance(List.of(PARTITION));
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.session.step();
        assertThat(scene.status.folding()).isEmpty();

        scene.store.away(false);
        scene.session.step();
        scene.session.step();
        scene.session.step();

        assertThat(scene.position().nextOffset()).isEqualTo(2);
    }

    /** What ended the membership before it has not gone away by a new one. */
    @Test
    void isNotWellBeforeItWasToldItsPartitions() {
        scene.status.troubled("the database is damaged");
        var member = new MockConsumer<String, byte[]>("none");
        member.updateBeginningOffsets(Map.of(PARTITION, 0L));
        try (var next = scene.session(member, scene.status).join(StoredRecords.TOPIC)) {
            next.step();
            var before = scene.status.trouble();
            member.rebalance(List.of(PARTITION));
            next.step();

            assertThat(before).isEqualTo("the database is damaged");
            assertThat(scene.status.trouble()).isNull();
        }
    }

    @Test
    void saysThatItHasBegunWhenAllPartitionsAreTakenUp() throws InterruptedException {
        var other = new ProjectionStatus();
        var member = new MockConsumer<String, byte[]>("none");
        var joining = scene.session(member, other).join(StoredRecords.TOPIC);
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
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.session.step();
        var other = new PartitionProjection(0, scene.position(), StoredRecords.CODEC);
        scene.store.commit(List.of(other.fold(StoredRecords.from(0, scene.owner.claim()))));

        assertThatThrownBy(scene.session::step).isInstanceOf(PartitionLostException.class);

        assertThat(scene.position().nextOffset()).isEqualTo(1);
    }

    @Test
    void forgetsWhatItFoldedOfAPartitionThatWasTakenAway() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.session.step();

        scene.session.onPartitionsRevoked(List.of(PARTITION));
        scene.session.step();

        assertThat(scene.position().nextOffset()).isZero();
    }

    @Test
    void countsWhatItCommitted() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot), scene.owner.created(scene.bot));

        scene.session.step();
        scene.session.step();

        assertThat(scene.meters.counter("everstate.projection.records").count()).isEqualTo(3);
        assertThat(scene.meters
                        .counter("everstate.projection.skipped", "reason", "duplicate")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void saysHowManyEventsWaitAndNoneWhenItHasEnded() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.consumer.updateEndOffsets(Map.of(PARTITION, 40L));

        scene.session.step();
        scene.session.step();
        var waiting = scene.status.waiting();
        scene.session.close();

        assertThat(waiting).isEqualTo(38);
        assertThat(scene.status.waiting()).isZero();
    }
}
