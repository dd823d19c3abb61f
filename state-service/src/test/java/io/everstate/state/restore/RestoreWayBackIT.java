package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.BotServiceStand;
import io.everstate.state.BotServiceStand.Asked;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The snapshot taken before a restore has all that the restore undoes. */
class RestoreWayBackIT {
    private static final String BACK_TO_THE_FIRST_TRADE = "{\"at\":\"2026-01-01T00:00:03Z\",\"restart\":true}";

    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final OwnerStandIn owner = scene.owner;
    private final BotId bot = scene.bot;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @Tag("BD9")
    void hasWhatBotsTradedUntilTheyWereStopped() {
        var other = log.newBot(0);
        var traded = new HashSet<BotId>();
        beginWith(bot, other);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            owner.stand.answering(asked -> {
                if (asked.path().endsWith("/stop")) {
                    List.of(bot, other).forEach(one -> tradeOnce(one, traded)); // while the first one is stopped
                }
                return owner.answer(asked);
            });

            var restore = RestoreScene.ended(api, RestoreScene.begun(api, BACK_TO_THE_FIRST_TRADE));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(trades(bot)).isOne();
            requireTheWayBackLeadsTo(api, restore, 4);
        }
    }

    @Test
    @Tag("BD9")
    void isTakenAnewForBotsThatTradedWhileARestoreWasBrokenOff() {
        var other = log.newBot(0);
        beginWith(bot, other);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            killedAt(process, asked -> owner.asked("restore").size() == 1);
            var begun = RestoreScene.begun(api, BACK_TO_THE_FIRST_TRADE);
            awaitDeath(process);
            var restored = BotId.of(owner.asked("restore").getFirst());
            var left = restored.equals(bot) ? other : bot;
            log.write(0, aRun(left));

            process.restart();

            var restore = RestoreScene.ended(api, begun);
            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(wayBackOf(api, restore, restored)).isEqualTo(restore.wayBack());
            var anew = wayBackOf(api, restore, left);
            assertThat(anew).isNotEqualTo(restore.wayBack());
            assertThat(restore.findings())
                    .anyMatch(finding -> finding.contains(anew.toString()) && finding.contains(left.toString()));
            requireGoesBack(api, left, anew, 4);
            requireGoesBack(api, restored, requireNonNull(restore.wayBack()), 3);
        }
    }

    /** Nothing is changed yet, so the second one is the way back of all. */
    @Test
    void isTakenBehindTheStopsAlsoWhenTheServiceIsKilledBetweenThem() {
        var other = log.newBot(0);
        beginWith(bot, other);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            killedAt(process, asked -> owner.asked("stop").size() == 1);
            var begun = RestoreScene.begun(api, BACK_TO_THE_FIRST_TRADE);
            awaitDeath(process);
            var running = BotId.of(owner.asked("stop").getFirst()).equals(bot) ? other : bot;
            log.write(0, List.of(OWNER.trade(running, scene.now(running).sequence() + 1)));

            process.restart();

            var restore = RestoreScene.ended(api, begun);
            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(RestoreScene.bots(api, restore))
                    .allSatisfy(part -> assertThat(part.wayBack()).isEqualTo(restore.wayBack()));
            requireGoesBack(api, running, requireNonNull(restore.wayBack()), 4);
        }
    }

    @Test
    @Tag("BD9")
    void nothingIsChangedWhenItDoesNotVerify() {
        beginWith(bot);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            scene.damageEachNewSnapshot();

            var restore = RestoreScene.ended(api, RestoreScene.begun(api, BACK_TO_THE_FIRST_TRADE));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.FAILED);
            assertThat(restore.wayBack()).isNull();
            assertThat(restore.findings())
                    .anyMatch(finding -> finding.contains("did not verify, so nothing is changed"));
            assertThat(owner.asked("restore")).isEmpty();
            assertThat(trades(bot)).isEqualTo(3);
            assertThat(scene.now(bot).running()).as("started again").isTrue();
        }
    }

    @Test
    void aBotThatSomebodyStartsMeanwhileIsLeft() {
        beginWith(bot);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            owner.stand.answering(asked -> {
                var problem = owner.answer(asked);
                if (asked.path().endsWith("/stop")) {
                    log.write(0, List.of(OWNER.record(bot, scene.now(bot).sequence() + 1, new BotStarted())));
                    scene.folded(api);
                }
                return problem;
            });

            var restore = RestoreScene.ended(api, RestoreScene.begun(api, BACK_TO_THE_FIRST_TRADE));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.FAILED);
            assertThat(restore.findings()).anyMatch(finding -> finding.contains("somebody started it meanwhile"));
            assertThat(owner.asked("restore")).isEmpty();
            assertThat(scene.now(bot).running()).isTrue();
        }
    }

    /** Between the look at the bot and its checkpoint nothing of ours stands: it is said where the log has the way back. */
    @Test
    void whatABotDidRightInFrontOfItsCheckpointIsSaid() {
        beginWith(bot);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            owner.stand.answering(asked -> {
                if (asked.path().endsWith("/restore")) {
                    log.write(0, aRun(bot));
                }
                return owner.answer(asked);
            });

            var restore = RestoreScene.ended(api, RestoreScene.begun(api, BACK_TO_THE_FIRST_TRADE));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.findings())
                    .anyMatch(finding -> finding.contains("it went on to event 9 while it was restored"));
        }
    }

    private void beginWith(BotId... bots) {
        log.write(0, List.of(OWNER.claim()));
        for (var one : bots) {
            log.write(0, scene.traded(one, 3));
        }
    }

    /** Started, one trade, stopped. */
    private List<BotEventRecorded> aRun(BotId one) {
        var last = scene.now(one).sequence();
        return List.of(
                OWNER.record(one, last + 1, new BotStarted()),
                OWNER.trade(one, last + 2),
                OWNER.record(one, last + 3, new BotStopped(StopReason.COMMAND)));
    }

    private void tradeOnce(BotId one, Set<BotId> traded) {
        if (traded.add(one)) {
            log.write(0, List.of(OWNER.trade(one, scene.now(one).sequence() + 1)));
        }
    }

    /** Its answer is lost with it. */
    private void killedAt(ServiceProcess process, Predicate<Asked> when) {
        var killed = new AtomicBoolean();
        owner.stand.answering(asked -> {
            if (killed.get()) {
                return process.isAlive()
                        ? owner.answer(asked)
                        : BotServiceStand.refused(ProblemType.UNAVAILABLE, "away");
            }
            var problem = owner.answer(asked);
            if (when.test(asked) && killed.compareAndSet(false, true)) {
                process.kill();
            }
            return problem;
        });
    }

    private static void awaitDeath(ServiceProcess process) {
        await().atMost(RestoreScene.PATIENCE)
                .untilAsserted(() -> assertThat(process.isAlive()).isFalse());
    }

    private long trades(BotId one) {
        return scene.now(one).portfolio().trades();
    }

    private static UUID wayBackOf(StateApi api, StateRestoreView restore, BotId one) {
        var part = RestoreScene.bots(api, restore).stream()
                .filter(found -> found.bot().equals(one))
                .findFirst()
                .orElseThrow();
        return requireNonNull(part.wayBack());
    }

    private void requireTheWayBackLeadsTo(StateApi api, StateRestoreView restore, long trades) {
        var back = RestoreScene.ended(
                api, RestoreScene.begun(api, "{\"snapshot\":\"%s\",\"restart\":true}".formatted(restore.wayBack())));
        assertThat(back.status()).as("%s", back).isEqualTo(Status.COMPLETED);
        assertThat(RestoreScene.bots(api, back))
                .extracting(BotRestoreView::outcome)
                .containsOnly(Outcome.RESTORED);
        assertThat(log.foldedBots().values())
                .extracting(BotState::portfolio)
                .allSatisfy(portfolio -> assertThat(portfolio.trades()).isEqualTo(trades));
    }

    private void requireGoesBack(StateApi api, BotId one, UUID snapshot, long trades) {
        var back = RestoreScene.ended(
                api,
                RestoreScene.begun(
                        api, "{\"snapshot\":\"%s\",\"bot\":\"%s\",\"restart\":true}".formatted(snapshot, one)));
        assertThat(back.restored()).as("%s", back).isOne();
        assertThat(trades(one)).isEqualTo(trades);
    }
}
