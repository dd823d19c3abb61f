package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a bot was comes from the best source that there is. */
class RestoreLadderIT {
    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final BotId bot = scene.bot;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @Tag("EC10")
    void whereTheSnapshotIsDamagedTheOlderOneAndTheLogMakeTheSameStates() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var older = RestoreScene.snapshot(api);
            log.write(0, List.of(OWNER.trade(bot, 5)));
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            var then = scene.now(bot);
            log.write(0, List.of(OWNER.trade(bot, 6), OWNER.record(bot, 7, new BotStopped(StopReason.COMMAND))));
            scene.folded(api);
            scene.damage(snapshot);

            var shown = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"snapshot\":\"%s\",\"dryRun\":true}".formatted(snapshot.id())));
            scene.damage(older);
            var restore =
                    RestoreScene.ended(api, RestoreScene.begun(api, "{\"snapshot\":\"%s\"}".formatted(snapshot.id())));

            assertThat(shown.rung()).as("%s", shown).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
            assertThat(shown.findings())
                    .anyMatch(finding -> finding.contains(snapshot.id().toString()));
            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.rung()).isEqualTo(RestoreRung.LOG);
            assertThat(restore.findings())
                    .anyMatch(finding -> finding.contains(older.id().toString()));
            assertThat(scene.now(bot).portfolio()).isEqualTo(then.portfolio());
        }
    }

    @Test
    @Tag("SF13")
    void aSnapshotOfAnEndThatTheLogHasLostIsPassedOverAndThatIsSaid() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            RestoreScene.snapshot(api);
            log.write(0, List.of(OWNER.trade(bot, 5)));
            scene.folded(api);
            var lost = RestoreScene.snapshot(api);
            var then = scene.now(bot);
            log.write(0, List.of(OWNER.trade(bot, 6), OWNER.record(bot, 7, new BotStopped(StopReason.COMMAND))));
            scene.folded(api);
            scene.loseEnd(lost);

            var restore =
                    RestoreScene.ended(api, RestoreScene.begun(api, "{\"bot\":\"%s\",\"sequence\":5}".formatted(bot)));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.rung()).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
            assertThat(restore.findings())
                    .anyMatch(finding -> finding.contains(lost.id() + " was taken of an end that the log has lost"));
            assertThat(scene.now(bot).portfolio()).isEqualTo(then.portfolio());
        }
    }

    @Test
    @Tag("SF13")
    void aDamagedSnapshotOfAnEndThatTheLogHasLostIsNotReadFromTheLog() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            RestoreScene.snapshot(api);
            var older = scene.now(bot);
            log.write(0, List.of(OWNER.trade(bot, 5)));
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            log.write(0, List.of(OWNER.trade(bot, 6), OWNER.record(bot, 7, new BotStopped(StopReason.COMMAND))));
            scene.folded(api);
            scene.loseEnd(snapshot);
            scene.damage(snapshot);

            var restore =
                    RestoreScene.ended(api, RestoreScene.begun(api, "{\"snapshot\":\"%s\"}".formatted(snapshot.id())));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.rung()).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
            assertThat(restore.findings())
                    .anyMatch(finding -> finding.contains("the log does not have the record any more behind which"));
            assertThat(scene.now(bot).portfolio()).isEqualTo(older.portfolio());
        }
    }

    @Test
    @Tag("SF13")
    void aDamagedSnapshotIsNotReadFromAnOlderOneOfAnEndThatTheLogHasLost() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var older = RestoreScene.snapshot(api);
            log.write(0, List.of(OWNER.trade(bot, 5)));
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            var then = scene.now(bot);
            log.write(0, List.of(OWNER.trade(bot, 6), OWNER.record(bot, 7, new BotStopped(StopReason.COMMAND))));
            scene.folded(api);
            scene.loseEnd(older);
            scene.damage(snapshot);

            var restore =
                    RestoreScene.ended(api, RestoreScene.begun(api, "{\"snapshot\":\"%s\"}".formatted(snapshot.id())));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.rung()).isEqualTo(RestoreRung.LOG);
            assertThat(scene.now(bot).portfolio()).isEqualTo(then.portfolio());
        }
    }

    @Test
    @Tag("EC10")
    void whatTheLogDoesNotHoldAnyMoreComesFromAnOlderSnapshotAsItIsOrNotAtAll() throws Exception {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        log.write(0, List.of(OWNER.record(bot, 5, new BotStopped(StopReason.COMMAND))));
        try (var segments = new SegmentStand();
                var process = scene.service(
                        Map.of("everstate.peers.backup-service", segments.url().toString()))) {
            var api = new StateApi(process);
            scene.folded(api);
            RestoreScene.snapshot(api);
            var older = scene.now(bot);
            log.write(0, List.of(OWNER.record(bot, 6, new BotStarted()), OWNER.trade(bot, 7)));
            log.write(0, List.of(OWNER.record(bot, 8, new BotStopped(StopReason.COMMAND))));
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            log.write(0, List.of(OWNER.record(bot, 9, new BotStarted())));
            scene.folded(api);
            scene.damage(snapshot);
            try (var admin = TestLog.admin()) {
                var end = requireNonNull(snapshot.offsets().get(0));
                admin.deleteRecords(Map.of(new TopicPartition(log.topic(), 0), RecordsToDelete.beforeOffset(end)))
                        .all()
                        .get();
            }

            var near = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"snapshot\":\"%s\",\"dryRun\":true}".formatted(snapshot.id())));
            var never = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"bot\":\"%s\",\"sequence\":2,\"dryRun\":true}".formatted(bot)));

            assertThat(near.rung()).as("%s", near).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
            assertThat(near.eventsLost()).isEqualTo(9 - older.sequence());
            assertThat(near.findings()).anyMatch(finding -> finding.contains("so the state is the one of the older"));
            assertThat(never.status()).isEqualTo(Status.FAILED);
            assertThat(never.findings())
                    .anyMatch(finding -> finding.contains("holds offset 0, and the log does not any more"));
        }
    }
}
