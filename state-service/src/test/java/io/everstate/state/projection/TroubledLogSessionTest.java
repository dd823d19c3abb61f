package io.everstate.state.projection;

import static io.everstate.state.projection.SessionScene.PARTITION;
import static io.everstate.state.projection.SessionScene.TOPIC_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.Owner;
import io.everstate.state.finding.FoundInLog;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.ParkingChanges;
import io.everstate.state.fold.SkipCounts;
import io.everstate.state.fold.StoredRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

/** A session of a log with records that it cannot read or understand, that was made anew, or that lost its beginning or its end. */
class TroubledLogSessionTest {
    private final SessionScene scene = new SessionScene();

    @Test
    void stopsAPartitionInFrontOfARecordThatItCannotRead() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.consumer.addRecord(StoredRecords.unreadable(2));
        scene.consumer.addRecord(StoredRecords.of(0, 3, scene.owner.started(scene.bot)));

        scene.session.step();
        scene.session.step();
        scene.session.step();

        assertThat(scene.position().nextOffset()).isEqualTo(2);
        assertThat(scene.status.stopped().get(0)).contains("offset 2");
        assertThat(scene.consumer.paused()).containsExactly(PARTITION);
    }

    @Test
    void goesOnWithoutABotWhoseRecordIsNotUnderstoodAndSaysSo() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.consumer.addRecord(StoredRecords.strange(2, scene.owner, scene.bot, 2));
        scene.consumer.addRecord(StoredRecords.of(0, 3, scene.owner.created(Owner.newBot())));

        scene.session.step();
        scene.session.step();

        assertThat(scene.position().nextOffset()).isEqualTo(4);
        assertThat(scene.position().bots()).hasSize(2);
        assertThat(scene.status.stopped()).isEmpty();
        assertThat(scene.status.parked()).containsExactly(scene.bot);
        assertThat(scene.meters.get("everstate.projection.parked.bots").gauge().value())
                .isEqualTo(1);
        assertThat(new ProjectionHealth(scene.status).call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(new ProjectionHealth(scene.status).call().getData().orElseThrow())
                .containsEntry("parked", "[" + scene.bot + "]");
    }

    @Test
    void saysWhoIsParkedAlsoAfterARestartAndNotWhenThePartitionIsAnothers() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.consumer.addRecord(StoredRecords.strange(2, scene.owner, scene.bot, 2));
        scene.end = 3;
        scene.session.step();
        scene.session.step();

        scene.session.onPartitionsRevoked(List.of(PARTITION));
        var withoutIt = scene.status.parked();
        scene.consumer.rebalance(List.of());
        scene.consumer.rebalance(List.of(PARTITION));
        scene.session.step();

        assertThat(withoutIt).isEmpty();
        assertThat(scene.status.parked()).containsExactly(scene.bot);
    }

    /** With more records than were folded, so that no offset is out of range. */
    @Test
    void noticesWhileItReadsThatTheTopicWasMadeAnew() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.session.step();
        scene.session.step();
        scene.topicId = "topic-b";
        scene.end = 7;

        scene.session.step();
        var before = scene.store.load(0, "topic-b").topicId();
        scene.clock.advance(AssignedPartitions.LOOK);
        scene.session.step();

        assertThat(before).isEqualTo(TOPIC_ID);
        assertThat(scene.store.load(0, "topic-b").topicId()).isEqualTo("topic-b");
        assertThat(scene.consumer.position(PARTITION)).isZero();
    }

    /** As a person does who takes a record out that stops its partition. */
    @Test
    void takesUpAStoppedPartitionWhoseTopicWasMadeAnew() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.consumer.addRecord(StoredRecords.unreadable(2));
        scene.session.step();
        scene.session.step();
        var before = scene.status.stopped();
        scene.topicId = "topic-b";
        scene.end = 2;

        scene.clock.advance(AssignedPartitions.LOOK);
        scene.session.step();

        assertThat(before).containsOnlyKeys(0);
        assertThat(scene.status.stopped()).isEmpty();
        assertThat(scene.position().topicId()).isEqualTo("topic-b");
        assertThat(scene.consumer.position(PARTITION)).isZero();
    }

    /** The consumer learns from the new leader that its place is in records that are gone, though the log is longer again. */
    @Test
    void foldsFromItsStartALogThatLostItsEndAndGrewAgainWhileItWasRead() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.session.step();
        scene.session.step();
        scene.grownAgain = true;
        scene.end = 9;
        scene.consumer.setPollException(new LogTruncationException(Map.of(PARTITION, 2L), Map.of()));

        scene.session.step();
        scene.session.step();

        assertThat(scene.status.stopped()).isEmpty();
        assertThat(scene.position().anew()).isNotNull();
        assertThat(scene.consumer.position(PARTITION)).isZero();
    }

    @Test
    void takesUpAnewABotThatWasTakenUpBesideIt() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot));
        scene.consumer.addRecord(StoredRecords.strange(2, scene.owner, scene.bot, 2));
        scene.end = 3;
        scene.session.step();
        scene.session.step();
        scene.store.resume(
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
                        new ParkingChanges(List.of(), List.of(scene.bot)),
                        SkipCounts.NONE,
                        0,
                        FoundInLog.NOTHING,
                        false,
                        null,
                        null)));

        scene.session.step();
        var before = scene.status.parked();
        scene.clock.advance(AssignedPartitions.LOOK);
        scene.session.step();

        assertThat(before).containsExactly(scene.bot);
        assertThat(scene.status.parked()).isEmpty();
        assertThat(scene.consumer.position(PARTITION)).isEqualTo(3);
    }

    @Test
    void stopsAPartitionOfWhichTheLogLostItsBeginning() {
        scene.end = 100;
        scene.consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 7L)));

        scene.session.step();

        assertThat(scene.status.stopped().get(0)).contains("offset 7");
    }

    @Test
    void takesAPartitionUpAnewThatLostItsEnd() {
        scene.written(0, scene.owner.claim(), scene.owner.created(scene.bot), scene.owner.started(scene.bot));
        scene.session.step();
        scene.session.step();
        scene.end = 2;
        scene.consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 3L)));

        scene.session.step();
        scene.session.step();

        assertThat(scene.status.stopped()).isEmpty();
        assertThat(scene.position().anew()).isNotNull();
        assertThat(scene.consumer.position(PARTITION)).isZero();
    }
}
