package io.everstate.state.finding;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person ends losses that nothing in the log makes good any more. Two bots are known up to trade 4, and the log has their trade 3. */
class SettlementIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);
    private static final String REASON = "{\"reason\":\"entered\\nby hand\"}";
    private static final String LOST = "the log has lost events of it that were acknowledged";

    private final TestDatabase database = TestDatabase.empty();
    private final TestLog log = TestLog.fresh(1);
    private final BotId bot = log.newBot(0);
    private final BotId saved = log.newBot(0);

    @BeforeEach
    void loseTheEnd() {
        var kept = List.<LogRecord>of(
                OWNER.claim(),
                OWNER.created(bot),
                OWNER.started(bot),
                OWNER.trade(bot, 3),
                OWNER.created(saved),
                OWNER.started(saved),
                OWNER.trade(saved, 3));
        log.write(0, kept);
        log.write(0, List.of(OWNER.trade(bot, 4), OWNER.trade(saved, 4)));
        try (var process = service()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
        }
        log.makeAnew();
        log.write(0, kept);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private ServiceProcess service() {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.health.interval", "1s")
                .set("everstate.health.bots-every", "1s")
                .start();
    }

    private static void untilParked(StateApi api, BotId... bots) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (var bot : bots) {
                api.get("/api/v1/parked").body("items.bot", hasItem(bot.toString()));
            }
        });
    }

    private static String path(StateApi api, String kind, BotId of) {
        int id = api.get("/api/v1/validations")
                .extract()
                .path("items.find { it.kind == '%s' && it.bot == '%s' }.id".formatted(kind, of));
        return "/api/v1/validations/" + id + "/settle";
    }

    private static ValidatableResponse isOver(StateApi api, String kind, BotId of, boolean over) {
        return api.get("/api/v1/validations")
                .body(
                        "items.find { it.kind == '%s' && it.bot == '%s' }.healed".formatted(kind, of),
                        over ? notNullValue() : nullValue());
    }

    private static void healthSays(StateApi api, BotId of, String what) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> api.get("/api/v1/components?kind=BOT&below=50")
                        .body("items.findAll { it.id == '%s' }.reason".formatted(of), contains(startsWith(what))));
    }

    private BotState now(BotId id) {
        return Objects.requireNonNull(log.foldedBots().get(id));
    }

    /** As an owner that knows nothing of the loss. */
    private void leaveOut(StateApi api) {
        log.write(0, List.of(OWNER.record(bot, 6, new CheckpointTaken("periodic", now(bot)))));
        await().atMost(PATIENCE)
                .untilAsserted(() -> api.get("/api/v1/validations").body("items.kind", hasItem("REPLACED")));
    }

    @Test
    void aLossThatACheckpointLeftOutIsOverWithWhoSaidSoAndWhy() {
        try (var process = service()) {
            var api = new StateApi(process);
            untilParked(api, bot, saved);
            leaveOut(api);
            healthSays(api, bot, LOST);
            var bots = api.bots();
            var settle = path(api, "LOST_END", bot);

            var settled = api.post(settle, REASON)
                    .statusCode(200)
                    .body("kind", equalTo("LOST_END"))
                    .body("bot", equalTo(bot.toString()))
                    .body("healed", notNullValue())
                    .body("settled.by", equalTo("test-operator"))
                    .body("settled.reason", equalTo("entered by hand"))
                    .extract()
                    .asString();

            assertThat(api.post(settle, REASON).statusCode(200).extract().asString())
                    .as("the same, said again")
                    .isEqualTo(settled);
            api.post(settle, "{\"reason\":\"another one\"}")
                    .statusCode(409)
                    .body("detail", containsString("test-operator settled it at 20"))
                    .body("detail", containsString("entered by hand"));
            isOver(api, "LOST_END", bot, true);
            isOver(api, "LOST_END", saved, false);
            isOver(api, "REPLACED", bot, false);
            api.post(path(api, "REPLACED", bot), REASON).statusCode(200);
            isOver(api, "REPLACED", bot, true);
            assertThat(process.log())
                    .content()
                    .containsPattern("test-operator settles finding \\d+ \\(LOST_END of bot " + bot
                            + " at offset 7 of partition 0\\): entered by hand");
            healthSays(api, bot, "it runs, and did nothing for");
            assertThat(api.bots()).as("nothing of the bots changes").isEqualTo(bots);
            untilParked(api, saved);
        }
    }

    @Test
    void whatSomethingElseEndsIsRefusedWithThat() {
        try (var process = service()) {
            var api = new StateApi(process);
            untilParked(api, bot, saved);
            log.writeStrange(0, OWNER, log.newBot(0), 2);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> api.get("/api/v1/validations").body("items.kind", hasItems("PARKED", "LOG_ANEW")));

            var settle = path(api, "LOST_END", bot);
            api.post(settle, REASON)
                    .statusCode(409)
                    .body("detail", containsString("POST /api/v1/parked/" + bot + "/skip"));
            isOver(api, "LOST_END", bot, false);
            refused(api, "PARKED", "when its bot is followed again");
            refused(api, "LOG_ANEW", "snapshots are judged by it");
            untilParked(api, bot, saved);
            log.write(0, List.of(OWNER.record(saved, 1_000_004, new CheckpointTaken("lost", known(api, saved)))));
            await().atMost(PATIENCE).untilAsserted(() -> isOver(api, "LOST_END", saved, true));
            api.post(path(api, "LOST_END", saved), REASON)
                    .statusCode(409)
                    .body("detail", containsString("it is over since 20"));
        }
    }

    private static BotState known(StateApi api, BotId id) {
        return api.bots().stream()
                .filter(state -> state.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void refused(StateApi api, String kind, String why) {
        int id = api.get("/api/v1/validations").extract().path("items.find { it.kind == '%s' }.id".formatted(kind));
        api.post("/api/v1/validations/" + id + "/settle", REASON)
                .statusCode(409)
                .body("detail", containsString(why));
        api.get("/api/v1/validations").body("items.findAll { it.id == %d && it.healed }".formatted(id), empty());
    }

    @Test
    void withoutAReasonAFindingOrTheRoleNothingHappens() {
        try (var process = service()) {
            var api = new StateApi(process);
            untilParked(api, bot);
            leaveOut(api);
            var settle = path(api, "LOST_END", bot);

            for (var body : List.of("{}", "{\"reason\":\" \"}", "{\"reason\":\"" + "x".repeat(501) + "\"}")) {
                api.post(settle, body).statusCode(400).body("violations.field", contains("reason"));
            }
            api.post("/api/v1/validations/1000000/settle", REASON).statusCode(404);
            api.post("/api/v1/validations/x/settle", REASON).statusCode(400).body("violations.field", contains("id"));
            given().auth()
                    .oauth2(TestIdentity.shared().token("viewer"))
                    .contentType("application/json")
                    .body(REASON)
                    .post(process.url().resolve(settle))
                    .then()
                    .statusCode(403);
            isOver(api, "LOST_END", bot, false);
        }
    }
}
