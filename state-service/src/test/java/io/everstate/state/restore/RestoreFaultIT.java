package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.state.BotServiceStand;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service is killed in the middle, or an owner gives no answer. */
class RestoreFaultIT {
    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final OwnerStandIn owner = scene.owner;
    private final BotId bot = scene.bot;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @Tag("EC2")
    void whoIsKilledInTheMiddleGoesOnAtTheNextStartAndDoesNothingTwice() {
        var others = List.of(log.newBot(0), log.newBot(0));
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 3));
        others.forEach(other -> log.write(0, scene.traded(other, 3)));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var killed = new AtomicBoolean();
            owner.stand.answering(asked -> {
                var problem = owner.answer(asked);
                if (owner.asked("restore").size() == 2 && killed.compareAndSet(false, true)) {
                    process.kill(); // the checkpoint is written, and nobody heard of it
                }
                return problem;
            });
            var body = "{\"at\":\"2026-01-01T00:00:03Z\",\"restart\":true}";
            var begun = RestoreScene.begun(api, body);
            await().atMost(RestoreScene.PATIENCE)
                    .untilAsserted(() -> assertThat(process.isAlive()).isFalse());

            process.restart();
            RestoreScene.post(api, body, Map.of())
                    .statusCode(409)
                    .body("detail", containsString(begun.id().toString()));

            var restore = RestoreScene.ended(api, begun);
            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.resumed()).isEqualTo(1);
            assertThat(owner.asked("restore"))
                    .as("the second one is asked again")
                    .hasSize(4);
            assertThat(restore.restored()).isEqualTo(3);
            assertThat(log.foldedBots().values()).allSatisfy(state -> {
                assertThat(state.running()).isTrue();
                assertThat(state.portfolio().trades()).isEqualTo(1);
                assertThat(state.sequence())
                        .as("5 events, stopped, restored, started")
                        .isEqualTo(8);
            });
        }
    }

    @Test
    void whoGivesNoAnswerForTooLongFailsAndTheWayIsGoneToItsEnd() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        var needing = log.newBot(0);
        log.write(
                0,
                List.of(OWNER.createdNeeding(needing, List.of(bot)), OWNER.started(needing), OWNER.trade(needing, 3)));
        try (var process = scene.service(Map.of("everstate.restore.attempts", "3"))) {
            var api = new StateApi(process);
            scene.folded(api);
            owner.stand.answering(asked -> asked.path().endsWith("/restore")
                    ? BotServiceStand.refused(ProblemType.UNAVAILABLE, "away")
                    : owner.answer(asked));

            var restore = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"at\":\"2026-01-01T00:00:02Z\",\"restart\":true}"));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.FAILED);
            assertThat(owner.asked("restore")).hasSize(3).containsOnly(bot.toString());
            assertThat(RestoreScene.bots(api, restore))
                    .extracting(BotRestoreView::reason)
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .contains("given up after 3", "whether its checkpoint was written"),
                            second -> assertThat(second).contains("bot " + bot + ", which it needs, was not restored"));
            assertThat(log.foldedBots().values()).as("run again").allMatch(BotState::running);
        }
    }

    /** An owner of another version, or a defect of it. */
    @Test
    void aCheckpointThatDoesNotHoldWhatWasPromisedIsAFailure() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 3));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            owner.forgettingWhatIsWanted();

            var restore = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"bot\":\"%s\",\"sequence\":3,\"restart\":true}".formatted(bot)));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.FAILED);
            assertThat(restore.findings()).anyMatch(finding -> finding.contains("does not hold what was promised"));
            assertThat(scene.now(bot).running()).isTrue();
        }
    }
}
