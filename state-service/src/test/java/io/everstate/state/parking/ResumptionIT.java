package io.everstate.state.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.everstate.state.fold.EarlierVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service after an update: what the version before did not understand, this one does. */
class ResumptionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);
    private static final EarlierVersion WITHOUT_TRADES = new EarlierVersion(TradeExecuted.class);

    private final TestDatabase database = TestDatabase.empty();
    private final TestLog log = TestLog.fresh(1);
    private final BotId hit = log.newBot(0);
    private final BotId spared = log.newBot(0);

    private ServiceProcess.Builder service(String lookEvery) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.parking.look-every", lookEvery);
    }

    private void writeTrades() {
        log.write(
                0,
                List.of(
                        OWNER.claim(),
                        OWNER.created(hit),
                        OWNER.started(hit),
                        OWNER.trade(hit, 3),
                        OWNER.created(spared),
                        new Owner(2).claim(),
                        OWNER.trade(hit, 4),
                        new Owner(2).trade(hit, 4)));
    }

    private void exactlyAsTheFold(StateApi api) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(api.systemState().lag()).isZero();
            api.get("/api/v1/parked").statusCode(200).body("items", empty());
        });
        assertThat(api.bots())
                .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
    }

    @Test
    void afterAnUpdateTheBotIsTakenUpAgainByItself() {
        writeTrades();
        WITHOUT_TRADES.fold(database, log, 0);

        try (var process = service("1s").start()) {
            var api = new StateApi(process);

            exactlyAsTheFold(api);
            assertThat(api.trades(hit)).containsExactly(3L, 4L);
            api.get("/api/v1/bots/" + hit).body("sequence", equalTo(4)).body("parked", nullValue());
            api.get("/api/v1/partitions/0").statusCode(200).body("bots.size()", equalTo(2));

            var owner = new Owner(2);
            log.write(0, List.of(owner.trade(hit, 5), owner.started(spared), owner.trade(spared, 3)));
            exactlyAsTheFold(api);
            assertThat(api.trades(hit)).containsExactly(3L, 4L, 5L);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.metric("everstate_projection_parked_bots"))
                            .isZero());
        }
    }

    /** While the others trade, so that the partition moves under the one who takes the bot up. */
    @Test
    void anOperatorTakesABotUpAgainWhileOthersTrade() {
        writeTrades();
        WITHOUT_TRADES.fold(database, log, 0);
        var owner = new Owner(2);
        var more = new ArrayList<>(List.of(owner.started(spared)));
        for (long sequence = 3; sequence < 2000; sequence++) {
            more.add(owner.trade(spared, sequence));
        }

        try (var process = service("1h").start()) {
            var api = new StateApi(process);
            // the first look is at the start; what is parked behind it waits for a person
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
            var writing = Thread.ofVirtual().start(() -> log.write(0, more));

            api.post("/api/v1/parked/" + hit + "/resume", "").statusCode(200).body("parked", nullValue());
            api.post("/api/v1/parked/" + hit + "/resume", "").statusCode(404);
            join(writing);

            exactlyAsTheFold(api);
            assertThat(api.trades(hit)).containsExactly(3L, 4L);
            assertThat(api.trades(spared)).hasSize(1997);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsNotUnderstoodStillStaysAsItIs() {
        log.write(0, List.of(OWNER.claim(), OWNER.created(hit)));
        log.writeStrange(0, OWNER, hit, 2);
        log.write(0, List.of(OWNER.trade(hit, 3)));

        try (var process = service("1s").start()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
            var before = api.get("/api/v1/parked").extract().asString();

            api.post("/api/v1/parked/" + hit + "/resume", "")
                    .statusCode(409)
                    .body("detail", containsString("offset 2"));

            assertThat(api.get("/api/v1/parked").extract().asString()).isEqualTo(before);
            assertThat(api.bots())
                    .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
        }
    }
}
