package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.state.BotServiceStand;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is refused before anything is written down, or done once. */
class RestoreRefusalIT {
    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final BotId bot = scene.bot;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void botsThatNeedEachOtherInACircleAreRefusedWithTheCircle() {
        var other = log.newBot(0);
        log.write(
                0,
                List.of(
                        OWNER.claim(),
                        OWNER.createdNeeding(bot, List.of(other)),
                        OWNER.createdNeeding(other, List.of(bot))));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);

            RestoreScene.post(api, "{\"at\":\"2026-01-01T00:00:00Z\"}", Map.of())
                    .statusCode(409)
                    .body("detail", containsString(bot + " needs " + other))
                    .body("detail", containsString(other + " needs " + bot));

            api.get("/api/v1/restores").body("items.kind", not(hasItem("RESTORE")));
        }
    }

    @Test
    @Tag("SF12")
    void nothingIsRestoredWithoutABackupThatIsRequired() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var stand = scene.owner.stand;
            stand.backingNothingUp("one is required: the storage does not answer");
            var target = "\"at\":\"2026-01-01T00:00:03Z\",\"restart\":true";

            RestoreScene.post(api, "{%s}".formatted(target), Map.of())
                    .statusCode(503)
                    .body("detail", containsString("one is required: the storage does not answer"));
            api.get("/api/v1/restores").body("items.kind", not(hasItem("RESTORE")));
            assertThat(stand.changes()).hasSize(1);
            RestoreScene.ended(api, RestoreScene.begun(api, "{%s,\"dryRun\":true}".formatted(target)));
            assertThat(stand.changes()).as("a dry run needs none").hasSize(1);
            stand.backingUp("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");

            var restore = RestoreScene.ended(api, RestoreScene.begun(api, "{%s}".formatted(target)));

            assertThat(restore.findings())
                    .contains("backup before 1 bots are restored: 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
            assertThat(stand.changes())
                    .allSatisfy(asked -> assertThat(asked.body()).contains("1 bots are restored", "admin"));
        }
    }

    @Test
    void whatCannotBeMeantIsRefusedWithItsField() {
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot)));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);

            for (var body : List.of(
                    "{}", "{\"snapshot\":\"newest\",\"at\":\"2026-01-01T00:00:00Z\"}", "{\"snapshot\":\"x\"}")) {
                RestoreScene.post(api, body, Map.of()).statusCode(400).body("violations.field", contains("snapshot"));
            }
            RestoreScene.post(api, "{\"sequence\":3}", Map.of())
                    .statusCode(400)
                    .body("violations.field", contains("sequence"));
            RestoreScene.post(api, "{\"snapshot\":\"newest\"}", Map.of())
                    .statusCode(404)
                    .body("detail", containsString("no valid snapshot"));
            RestoreScene.post(api, "{\"at\":\"2026-01-01T00:00:00Z\",\"component\":\"moon\"}", Map.of())
                    .statusCode(404)
                    .body("detail", containsString("component moon"));
            api.post("/api/v1/restores", "{\"at\":\"2026-01-01T00:00:00Z\"}").statusCode(403);
        }
    }

    @Test
    void aKeyMakesARepetitionTheSameRestore() {
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot)));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var key = Map.of("Idempotency-Key", "once");
            var body = "{\"at\":\"2026-01-01T00:00:01Z\",\"dryRun\":true}";

            var first =
                    RestoreScene.post(api, body, key).statusCode(202).extract().as(StateRestoreView.class);
            var again =
                    RestoreScene.post(api, body, key).statusCode(202).extract().as(StateRestoreView.class);

            assertThat(again.id()).isEqualTo(first.id());
            RestoreScene.post(api, "{\"at\":\"2026-01-02T00:00:01Z\",\"dryRun\":true}", key)
                    .statusCode(409);
        }
    }

    private void traded() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
    }

    @Test
    void whileOneIsNotFinishedAnotherIsRefusedWithoutABackup() {
        traded();
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var stand = scene.owner.stand;
            stand.answering(_ -> BotServiceStand.refused(ProblemType.UNAVAILABLE, "later"));
            var body = "{\"at\":\"2026-01-01T00:00:03Z\",\"restart\":true}";
            var first = RestoreScene.begun(api, body);

            RestoreScene.post(api, body, Map.of())
                    .statusCode(409)
                    .body("detail", containsString(first.id().toString()));

            assertThat(stand.changes()).hasSize(1);
        }
    }

    /** Meanwhile there is a newer snapshot: the repetition means the same all the same. */
    @Test
    void aKeyMakesARepetitionTheSameRestoreAlsoWhileABackupIsWaitedFor() throws Exception {
        traded();
        var backedUp = new CountDownLatch(1);
        try (var process = scene.service();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var api = new StateApi(process);
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            var stand = scene.owner.stand;
            stand.holdChangesUntil(backedUp);
            Callable<StateRestoreView> call = () -> RestoreScene.post(
                            api, "{\"snapshot\":\"newest\",\"restart\":true}", Map.of("Idempotency-Key", "once"))
                    .statusCode(202)
                    .extract()
                    .as(StateRestoreView.class);

            var first = callers.submit(call);
            await().until(() -> stand.changes().size() == 1);
            RestoreScene.snapshot(api);
            var again = callers.submit(call);
            await().until(() -> stand.changes().size() == 2);
            backedUp.countDown();

            assertThat(again.get().id()).isEqualTo(first.get().id());
            assertThat(requireNonNull(first.get().request()).snapshot())
                    .as("one of the two that were the newest when it was asked for")
                    .isNotNull();
            assertThat(snapshot.valid()).isTrue();
        } finally {
            backedUp.countDown();
        }
    }

    @Test
    void whoWaitsForABackupForLongerThanIsSaidIsRefused() {
        traded();
        var never = new CountDownLatch(1);
        try (var process = scene.service(Map.of("everstate.change-backup.deadline", "1s"))) {
            var api = new StateApi(process);
            scene.folded(api);
            scene.owner.stand.holdChangesUntil(never);

            RestoreScene.post(api, "{\"at\":\"2026-01-01T00:00:03Z\",\"restart\":true}", Map.of())
                    .statusCode(503)
                    .body("detail", containsString("no whole answer within PT1S"));

            api.get("/api/v1/restores").body("items.kind", not(hasItem("RESTORE")));
        } finally {
            never.countDown();
        }
    }

    @Test
    void theNewestIsNoneThatWasTakenForABackupOrAsAWayBack() {
        traded();
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var point = RestoreScene.snapshot(api);
            log.write(0, List.of(OWNER.trade(bot, 5)));
            scene.folded(api);
            var backup = api.post("/api/v1/snapshots", "{\"kind\":\"FULL\",\"purpose\":\"BACKUP\"}")
                    .statusCode(201)
                    .extract()
                    .as(SnapshotView.class);
            var toNewest = "{\"snapshot\":\"newest\",\"restart\":true}";

            var first = RestoreScene.ended(api, RestoreScene.begun(api, toNewest));
            var second = RestoreScene.ended(api, RestoreScene.begun(api, toNewest));

            assertThat(List.of(first, second))
                    .allSatisfy(restore -> assertThat(
                                    requireNonNull(restore.request()).snapshot())
                            .isEqualTo(point.id().toString()));
            assertThat(first.findings())
                    .contains("snapshot %s is newer, but was taken for a backup".formatted(backup.id()));
            assertThat(second.findings())
                    .contains("snapshot %s is newer, but was taken as the way back of a restore"
                            .formatted(first.wayBack()));
            RestoreScene.begun(api, "{\"snapshot\":\"%s\",\"dryRun\":true}".formatted(backup.id()));
        }
    }
}
