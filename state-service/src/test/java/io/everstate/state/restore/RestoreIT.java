package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bots go back to what they were, by what their owner appends. */
class RestoreIT {
    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final OwnerStandIn owner = scene.owner;
    private final BotId bot = scene.bot;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    @Tag("EC14")
    void aDryRunSaysWhatWouldChangeAndChangesNothing() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 3));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var before = scene.now(bot);

            var restore = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"bot\":\"%s\",\"sequence\":3,\"dryRun\":true}".formatted(bot)));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.rung()).isEqualTo(RestoreRung.LOG);
            assertThat(restore.eventsLost()).isEqualTo(2);
            assertThat(restore.secondsLost()).isEqualTo(2);
            assertThat(RestoreScene.bots(api, restore)).singleElement().satisfies(found -> {
                assertThat(found.outcome()).isEqualTo(Outcome.FOUND);
                assertThat(requireNonNull(found.before()).sequence()).isEqualTo(5);
                assertThat(requireNonNull(found.after()).sequence()).isEqualTo(3);
                assertThat(found.before().hash()).isNotEqualTo(found.after().hash());
                assertThat(found.reason()).contains("it runs");
                assertThat(found.changed())
                        .extracting(BotRestoreView.Change::field)
                        .contains("portfolio.symbols.BTC/USD.balance", "portfolio.recentTrades");
            });
            assertThat(scene.now(bot)).isEqualTo(before);
            assertThat(owner.stand.asked()).allMatch(asked -> "dryRun=true".equals(asked.query()));
        }
    }

    @Test
    @Tag("EC2")
    @Tag("BD20")
    void aBotGoesBackToATimeRunsAgainAndTradesOn() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 4));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var then = api.get("/api/v1/bots/" + bot + "?sequence=4").extract().as(BotState.class);

            var restore = RestoreScene.ended(
                    api,
                    RestoreScene.begun(
                            api, "{\"bot\":\"%s\",\"at\":\"%s\",\"restart\":true}".formatted(bot, then.updatedAt())));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.restored()).isEqualTo(1);
            assertThat(restore.wayBack()).isNotNull();
            assertThat(scene.now(bot).portfolio()).isEqualTo(then.portfolio());
            assertThat(scene.now(bot).running()).isTrue();
            assertThat(RestoreScene.bots(api, restore)).singleElement().satisfies(done -> {
                assertThat(done.outcome()).isEqualTo(Outcome.RESTORED);
                assertThat(done.restarted()).isTrue();
                assertThat(done.checkpoint()).isEqualTo(8);
                assertThat(requireNonNull(done.before()).sequence()).isEqualTo(7);
            });
            log.write(0, List.of(OWNER.record(bot, 10, OWNER.trade(bot, 11).event())));
            scene.folded(api);
            assertThat(scene.now(bot).portfolio().trades()).as("it trades on").isEqualTo(3);
            assertThat(api.bots()).containsExactlyElementsOf(log.foldedBots().values());
            api.get("/api/v1/restores").body("items[0].kind", equalTo("RESTORE"));
        }
    }

    @Test
    void aBotThatRunsIsLeftAloneUnlessItsRestartIsAskedFor() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 3));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);

            var restore =
                    RestoreScene.ended(api, RestoreScene.begun(api, "{\"bot\":\"%s\",\"sequence\":3}".formatted(bot)));

            assertThat(restore.status()).isEqualTo(Status.FAILED);
            assertThat(restore.findings()).anyMatch(finding -> finding.contains("it runs: stop it first"));
            assertThat(scene.now(bot).sequence()).isEqualTo(5);
            assertThat(owner.stand.asked()).isEmpty();
        }
    }

    @Test
    @Tag("EC14")
    @Tag("GR3")
    void allBotsGoBackToASnapshotInTheOrderOfWhatTheyNeed() {
        var needed = log.newBot(0);
        var between = log.newBot(0);
        log.write(
                0,
                List.of(
                        OWNER.claim(),
                        OWNER.createdNeeding(bot, List.of(between)),
                        OWNER.started(bot),
                        OWNER.trade(bot, 3)));
        log.write(0, List.of(OWNER.createdNeeding(between, List.of(needed)), OWNER.started(between)));
        log.write(0, scene.traded(needed, 2));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            var then = log.foldedBots();
            log.write(0, List.of(OWNER.trade(bot, 4), OWNER.trade(needed, 5), OWNER.trade(between, 3)));
            var later = log.newBot(0);
            log.write(0, List.of(OWNER.created(later)));
            scene.folded(api);

            var restore = RestoreScene.ended(
                    api, RestoreScene.begun(api, "{\"snapshot\":\"%s\",\"restart\":true}".formatted(snapshot.id())));

            assertThat(restore.status()).as("%s", restore).isEqualTo(Status.COMPLETED);
            assertThat(restore.rung()).isEqualTo(RestoreRung.SNAPSHOT);
            assertThat(restore.restored()).isEqualTo(3);
            assertThat(restore.left()).as("the bot that was made later").isEqualTo(1);
            assertThat(restore.percent()).isEqualTo(100);
            assertThat(List.of(bot, between, needed))
                    .allSatisfy(id -> assertThat(scene.now(id).portfolio())
                            .isEqualTo(requireNonNull(then.get(id)).portfolio()));
            assertThat(owner.asked("restore")).containsExactly(needed.toString(), between.toString(), bot.toString());
            assertThat(owner.asked("stop")).containsExactly(bot.toString(), between.toString(), needed.toString());
            assertThat(owner.asked("start")).containsExactly(needed.toString(), between.toString(), bot.toString());
        }
    }

    @Test
    void oneComponentOrOneMarketGoesBackAlone() {
        var other = log.newBot(0);
        log.write(0, List.of(OWNER.claim()));
        log.write(
                0,
                List.of(
                        OWNER.createdWith(bot, List.of("BTC/USD", "ETH/USD"), Map.of("component", "desk")),
                        OWNER.started(bot),
                        OWNER.trade(bot, 3),
                        OWNER.trade(bot, 4)));
        log.write(0, scene.traded(other, 2));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var then = "\"at\":\"2026-01-01T00:00:03Z\",\"restart\":true";

            var market =
                    RestoreScene.ended(api, RestoreScene.begun(api, "{%s,\"symbol\":\"ETH/USD\"}".formatted(then)));
            var component =
                    RestoreScene.ended(api, RestoreScene.begun(api, "{%s,\"component\":\"desk\"}".formatted(then)));
            var bitcoin =
                    RestoreScene.ended(api, RestoreScene.begun(api, "{%s,\"symbol\":\"BTC/USD\"}".formatted(then)));

            assertThat(RestoreScene.bots(api, market))
                    .extracting(BotRestoreView::bot)
                    .containsExactly(bot);
            assertThat(market.left()).as("nothing happened there").isEqualTo(1);
            assertThat(RestoreScene.bots(api, component)).singleElement().satisfies(part -> {
                assertThat(part.bot()).isEqualTo(bot);
                assertThat(part.outcome()).isEqualTo(Outcome.RESTORED);
            });
            assertThat(bitcoin.restored())
                    .as("%s", RestoreScene.bots(api, bitcoin))
                    .isEqualTo(1);
            assertThat(owner.stand.asked())
                    .filteredOn(asked -> asked.path().endsWith("/restore"))
                    .last()
                    .satisfies(asked -> assertThat(asked.body()).endsWith("\"symbol\":\"BTC/USD\"}"));
            assertThat(scene.now(other).portfolio().trades()).isEqualTo(1);
        }
    }
}
