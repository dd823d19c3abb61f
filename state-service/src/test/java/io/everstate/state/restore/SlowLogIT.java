package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log that takes longer to be read than there is time. Two bots are at event 5 when the snapshot is taken, and go back to event 6. */
@Tag("EC10")
class SlowLogIT {
    private static final String BY_OTHERS = "everstate.log.read-deadline";
    private static final String IN_A_RESTORE = "everstate.restore.read-deadline";
    private static final String NO_TIME = "1ms";

    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final SegmentStand segments = new SegmentStand();
    private final List<BotId> bots = List.of(log.newBot(0), log.newBot(0));

    @AfterEach
    void close() {
        segments.close();
        scene.close();
    }

    private ServiceProcess service(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("everstate.peers.backup-service", segments.url().toString());
        return scene.service(all);
    }

    private void write(StateApi api) {
        log.write(0, List.of(OWNER.claim()));
        bots.forEach(bot -> log.write(0, scene.traded(bot, 3)));
        scene.folded(api);
        RestoreScene.snapshot(api);
        bots.forEach(bot ->
                log.write(0, List.of(OWNER.trade(bot, 6), OWNER.record(bot, 7, new BotStopped(StopReason.COMMAND)))));
        scene.folded(api);
        segments.archive(log, 3);
    }

    private static StateRestoreView begun(StateApi api) {
        return RestoreScene.begun(api, "{\"at\":\"2026-01-01T00:00:06Z\",\"dryRun\":true}");
    }

    private static void assertFound(StateApi api, StateRestoreView ended, RestoreRung rung, long sequence) {
        assertThat(ended.status()).as("%s", ended).isEqualTo(Status.COMPLETED);
        assertThat(RestoreScene.bots(api, ended)).hasSize(2).allSatisfy(bot -> {
            assertThat(bot.rung()).as("%s", bot).isEqualTo(rung);
            assertThat(requireNonNull(bot.after()).sequence()).isEqualTo(sequence);
        });
    }

    @Test
    void isReadInARestoreForLongerThanOthersRead() {
        try (var process = service(Map.of(BY_OTHERS, NO_TIME))) {
            var api = new StateApi(process);
            write(api);

            assertFound(api, RestoreScene.ended(api, begun(api)), RestoreRung.SNAPSHOT, 6);
        }
    }

    @Test
    void isPassedOverForWhatIsArchived() {
        try (var process = service(Map.of(IN_A_RESTORE, NO_TIME))) {
            var api = new StateApi(process);
            write(api);

            var ended = RestoreScene.ended(api, begun(api));

            assertFound(api, ended, RestoreRung.SEGMENTS, 6);
            assertThat(ended.findings())
                    .anyMatch(finding -> finding.contains("the log was asked for")
                            && finding.contains("partition 0 was not read up to offset"));
        }
    }

    @Test
    void isPassedOverForTheSnapshotAsItIsWhereNobodyElseAnswers() {
        try (var process = service(Map.of(IN_A_RESTORE, NO_TIME))) {
            var api = new StateApi(process);
            write(api);
            segments.goAway();

            var ended = RestoreScene.ended(api, begun(api));

            assertFound(api, ended, RestoreRung.SNAPSHOT, 5);
            assertThat(ended.findings())
                    .anyMatch(finding -> finding.contains("so the state is the one of the snapshot"));
        }
    }

    /** Longer than a step may take: the archive has a deadline of its own. */
    @Test
    void whoWaitsForTheArchiveKeepsItsRestore() {
        var more = new CountDownLatch(1);
        try (var process = service(Map.of(IN_A_RESTORE, NO_TIME, "everstate.restore.longest", "1s"))) {
            var api = new StateApi(process);
            write(api);
            segments.holdBackUntil(more);
            var begun = begun(api);
            await().until(segments::isHoldingBack);
            var held = Instant.now();

            await().untilAsserted(() -> assertThat(scene.leasedUntil()).isAfter(held.plusSeconds(6)));

            more.countDown();
            var ended = RestoreScene.ended(api, begun);
            assertFound(api, ended, RestoreRung.SEGMENTS, 6);
            assertThat(ended.resumed()).isZero();
        } finally {
            more.countDown();
        }
    }
}
