package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log that has thrown its beginning away, whose records are archived as segments. */
@Tag("EC10")
class SegmentRungIT {
    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final BotId bot = scene.bot;
    private final SegmentStand segments = new SegmentStand();
    private final ServiceProcess process = scene.service(
            Map.of("everstate.peers.backup-service", segments.url().toString()));
    private final StateApi api = new StateApi(process);

    /** One at event 5, and this at event 8, which is damaged when nothing is left of the records in front of its cut. */
    private SnapshotView snapshot;

    private BotRestoreView eventFour;
    private BotRestoreView atSnapshot;

    @BeforeEach
    void threwItsBeginningAway() throws Exception {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        log.write(0, List.of(OWNER.record(bot, 5, new BotStopped(StopReason.COMMAND))));
        scene.folded(api);
        RestoreScene.snapshot(api);
        log.write(0, List.of(OWNER.record(bot, 6, new BotStarted()), OWNER.trade(bot, 7)));
        log.write(0, List.of(OWNER.record(bot, 8, new BotStopped(StopReason.COMMAND))));
        scene.folded(api);
        snapshot = RestoreScene.snapshot(api);
        log.write(0, List.of(OWNER.record(bot, 9, new BotStarted()), OWNER.trade(bot, 10)));
        log.write(0, List.of(OWNER.record(bot, 11, new BotStopped(StopReason.COMMAND))));
        scene.folded(api);
        eventFour = found(toEventFour());
        atSnapshot = found(toSnapshot());
        segments.archive(log, 3);
        scene.damage(snapshot);
        try (var admin = TestLog.admin()) {
            var end = requireNonNull(snapshot.offsets().get(0));
            admin.deleteRecords(Map.of(new TopicPartition(log.topic(), 0), RecordsToDelete.beforeOffset(end)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void close() {
        process.close();
        segments.close();
        scene.close();
    }

    private StateRestoreView dryRun(String wanted) {
        return RestoreScene.ended(api, RestoreScene.begun(api, "{%s,\"dryRun\":true}".formatted(wanted)));
    }

    private StateRestoreView toSnapshot() {
        return dryRun("\"snapshot\":\"%s\"".formatted(snapshot.id()));
    }

    private StateRestoreView toEventFour() {
        return dryRun("\"bot\":\"%s\",\"sequence\":4".formatted(bot));
    }

    private BotRestoreView found(StateRestoreView restore) {
        assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
        return RestoreScene.bots(api, restore).getFirst();
    }

    @Test
    void givesExactlyWhatTheLogGave() {
        var event = found(toEventFour());
        var damaged = found(toSnapshot());

        assertThat(eventFour.rung()).isEqualTo(RestoreRung.LOG);
        assertThat(event.rung()).isEqualTo(RestoreRung.SEGMENTS);
        assertThat(event.after()).isEqualTo(eventFour.after());
        assertThat(event.changed()).isEqualTo(eventFour.changed()).isNotEmpty();
        assertThat(atSnapshot.rung()).isEqualTo(RestoreRung.SNAPSHOT);
        assertThat(damaged.rung())
                .as("what is exact goes before what is only near")
                .isEqualTo(RestoreRung.SEGMENTS);
        assertThat(damaged.after()).isEqualTo(atSnapshot.after()).isNotEqualTo(event.after());
    }

    /** The third one is in what is given for the second. */
    @Test
    void readsOnceWhatWasJoinedSinceItWasListed() {
        segments.joinTheSecondBehindTheList();

        var event = found(dryRun("\"bot\":\"%s\",\"sequence\":10".formatted(bot)));

        assertThat(event.rung()).isEqualTo(RestoreRung.SEGMENTS);
        assertThat(event.after()).isNotNull().returns(10L, BotRestoreView.Place::sequence);
        assertThat(segments.asked(log.topicId())).containsExactly(3L, 9L);
    }

    /** Event 10 is at offset 10, in front of which the log holds only 9 still. */
    @Test
    void goesOnInTheLogBehindTheNewestSegment() {
        segments.leaveOutTheNewest();

        var restore = dryRun("\"bot\":\"%s\",\"sequence\":10".formatted(bot));

        assertThat(found(restore).rung()).as("%s", restore).isEqualTo(RestoreRung.SEGMENTS);
        assertThat(found(restore).after()).isNotNull().returns(10L, BotRestoreView.Place::sequence);
    }

    @Test
    void isPassedOverWhereItCannotBeExact() {
        segments.loseTheSecond();
        assertThat(toEventFour().findings())
                .anyMatch(finding ->
                        finding.contains("offsets 3 to 5 of partition 0 were lost before they were archived"));

        segments.leaveOutTheSecond();
        assertThat(toEventFour().findings())
                .anyMatch(finding -> finding.matches("(?s).*no segment of partition 0 of topic .* holds offset 3.*"));
    }

    @Test
    void isPassedOverWhereASegmentIsDamagedOrNobodyAnswers() {
        segments.damageTheSecond();
        var damaged = toEventFour();
        segments.goAway();
        var near = toSnapshot();

        assertThat(damaged.status()).isEqualTo(Status.FAILED);
        assertThat(damaged.findings())
                .as("%s", damaged)
                .anyMatch(finding -> finding.contains("archived records of partition 0 are damaged"));
        assertThat(near.rung()).as("%s", near).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
        assertThat(near.findings())
                .anyMatch(finding -> finding.contains("the storage does not answer"))
                .anyMatch(finding -> finding.contains("so the state is the one of the older snapshot"));
    }
}
