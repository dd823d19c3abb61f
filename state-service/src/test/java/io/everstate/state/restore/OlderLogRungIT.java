package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log that came in the place of another one, whose records are archived as segments. */
@Tag("EC10")
class OlderLogRungIT {
    private static final long BEYOND = 20;

    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final BotId bot = scene.bot;
    private final SegmentStand segments = new SegmentStand();
    private final ServiceProcess process = scene.service(
            Map.of("everstate.peers.backup-service", segments.url().toString()));
    private final StateApi api = new StateApi(process);

    /** The first one of the log that there is now is a checkpoint, at {@link #BEYOND}. */
    @BeforeEach
    void cameInThePlaceOfAnother() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        log.write(0, List.of(OWNER.record(bot, 5, new BotStopped(StopReason.COMMAND))));
        scene.folded(api);
        segments.archive(log, 2);
        var known = scene.now(bot);
        log.makeAnew();
        var owner = new Owner(2);
        log.write(0, List.of(owner.claim(), owner.record(bot, BEYOND, new CheckpointTaken("log anew", known))));
        await().atMost(RestoreScene.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> api.get("/api/v1/bots/" + bot)
                        .statusCode(200)
                        .body("sequence", equalTo((int) BEYOND))
                        .body("parked", nullValue()));
    }

    @AfterEach
    void close() {
        process.close();
        segments.close();
        scene.close();
    }

    /** To when the event of that number was the newest. */
    private StateRestoreView toEvent(long sequence) {
        Instant at = OWNER.trade(bot, sequence).time();
        return RestoreScene.ended(
                api, RestoreScene.begun(api, "{\"bot\":\"%s\",\"at\":\"%s\",\"dryRun\":true}".formatted(bot, at)));
    }

    private BotRestoreView found(StateRestoreView restore) {
        assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
        return RestoreScene.bots(api, restore).getFirst();
    }

    @Test
    void isAskedForWhatWasBeforeThePresentOne() {
        var four = toEvent(4);

        assertThat(found(four).rung()).as("%s", four).isEqualTo(RestoreRung.SEGMENTS);
        assertThat(found(four).after()).isNotNull().returns(4L, BotRestoreView.Place::sequence);
        assertThat(four.findings()).anyMatch(finding -> finding.contains("came in the place of another one"));
        assertThat(toEvent(0)).as("before it was made").returns(1L, StateRestoreView::left);
    }

    @Test
    void isPassedOverWhereItsRecordsAreNotAllToBeHad() {
        segments.leaveOutTheSecond();

        var four = toEvent(4);

        assertThat(four.status()).as("%s", four).isEqualTo(Status.FAILED);
        assertThat(four.findings()).anyMatch(finding -> finding.contains("no segment of partition 0"));
    }
}
