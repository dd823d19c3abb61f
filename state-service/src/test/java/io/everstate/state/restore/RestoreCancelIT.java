package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.BotServiceStand.Asked;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody wants a restore to end before its time. */
class RestoreCancelIT {
    private static final String BACK = "{\"at\":\"2026-01-01T00:00:03Z\",\"restart\":true}";

    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final OwnerStandIn owner = scene.owner;
    private final List<BotId> bots = List.of(scene.bot, log.newBot(0), log.newBot(0));

    @BeforeEach
    void trade() {
        log.write(0, List.of(OWNER.claim()));
        bots.forEach(bot -> log.write(0, scene.traded(bot, 3)));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void whatIsBegunComesToItsEndAndTheOthersStayAndRunAgain() {
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var second = new AtomicBoolean();
            doingOnce(
                    asked -> owner.asked("restore").size() == 2,
                    second,
                    () -> cancel(api, running(api)).statusCode(202));

            var restore = RestoreScene.ended(api, RestoreScene.begun(api, BACK));

            assertThat(second).isTrue();
            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.CANCELLED);
            assertThat(RestoreScene.bots(api, restore))
                    .extracting(BotRestoreView::outcome)
                    .containsExactly(Outcome.RESTORED, Outcome.RESTORED, Outcome.CANCELLED);
            assertThat(restore.restored()).isEqualTo(2);
            assertThat(restore.left()).isEqualTo(1);
            assertThat(restore.percent()).isEqualTo(100);
            assertThat(restore.findings())
                    .anyMatch(finding -> finding.contains("2 of 3 bots were restored before it was cancelled"));
            assertThat(log.foldedBots().values()).as("run again").allMatch(BotState::running);
            assertThat(log.foldedBots().values())
                    .extracting(state -> state.portfolio().trades())
                    .containsExactlyInAnyOrder(1L, 1L, 3L);
        }
    }

    @Test
    void whoIsKilledRightBehindItLeavesTheRestAtTheNextStart() {
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            doingOnce(asked -> owner.asked("stop").size() == 2, new AtomicBoolean(), () -> {
                cancel(api, running(api)).statusCode(202);
                process.kill();
            });
            var begun = RestoreScene.begun(api, BACK);
            await().atMost(RestoreScene.PATIENCE)
                    .untilAsserted(() -> assertThat(process.isAlive()).isFalse());

            process.restart();

            var restore = RestoreScene.ended(api, begun);
            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.CANCELLED);
            assertThat(restore.wayBack()).as("nothing was changed").isNull();
            assertThat(owner.asked("restore")).isEmpty();
            assertThat(owner.asked("stop")).as("the third one ran all the time").hasSize(2);
            assertThat(log.foldedBots().values()).allSatisfy(state -> {
                assertThat(state.running()).isTrue();
                assertThat(state.portfolio().trades()).isEqualTo(3);
            });
            RestoreScene.post(api, BACK, Map.of()).statusCode(202);
        }
    }

    @Test
    void onlyAnAdminEndsOneAndOnlyOneThatHasNotEnded() {
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var ended = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"at\":\"2026-01-01T00:00:03Z\",\"dryRun\":true}"));

            cancel(api, ended.id()).statusCode(409).body("detail", containsString("has ended, it is COMPLETED"));

            cancel(api, new UUID(0, 1)).statusCode(404);
            api.post("/api/v1/restores/" + ended.id() + "/cancel", "").statusCode(403);
        }
    }

    @Test
    void howFarOneIsIsToldAsServerSentEventsUntilItHasEnded() {
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var begun = RestoreScene.begun(api, BACK);

            var told = api.get("/api/v1/restores/" + begun.id() + "/progress")
                    .statusCode(200)
                    .contentType("text/event-stream")
                    .extract()
                    .asString();

            assertThat(told).startsWith("data:").contains("\"status\":\"COMPLETED\"");
        }
    }

    private void doingOnce(Predicate<Asked> when, AtomicBoolean done, Runnable what) {
        owner.stand.answering(asked -> {
            var problem = owner.answer(asked);
            if (when.test(asked) && done.compareAndSet(false, true)) {
                what.run();
            }
            return problem;
        });
    }

    private static UUID running(StateApi api) {
        return api.get("/api/v1/restores?limit=1")
                .statusCode(200)
                .extract()
                .jsonPath()
                .getUUID("items[0].id");
    }

    private static ValidatableResponse cancel(StateApi api, UUID restore) {
        return RestAssured.given()
                .auth()
                .oauth2(TestIdentity.shared().token("admin"))
                .post(api.process().url().resolve("/api/v1/restores/" + restore + "/cancel"))
                .then();
    }
}
