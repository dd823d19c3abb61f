package io.everstate.bot.external;

import static io.everstate.bot.external.ExternalBots.as;
import static io.everstate.bot.external.ExternalBots.bot;
import static io.everstate.bot.external.ExternalBots.operator;
import static io.everstate.bot.external.ExternalBots.person;
import static io.everstate.bot.external.ExternalBots.register;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.bot.external.ExternalBots.Registered;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ExternalProfile.class)
@QuarkusTestResource(PlatformResource.class)
class ExternalBotsIT {
    private static final String NOBODY = "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11";
    private static final String ALIVE = "{\"status\": \"RUNNING\", \"detail\": \"3 trades open\"}";
    private static final String TRADE =
            "{\"type\": \"TRADE\", \"content\": {\"pair\": \"BTC/USDT\", \"profit\": 1.10}}";

    @BeforeEach
    void awaitOwner() {
        ExternalBots.awaitOwner();
    }

    @Test
    void aRegisteredBotHasATokenThatIsToldOnce() {
        var key = UUID.randomUUID().toString();
        var body = "{\"name\": \"at home\", \"system\": \"freqtrade\", \"labels\": {\"env\": \"prod\"}}";

        var first = operator().header("Idempotency-Key", key).body(body).post(ExternalBots.PATH);
        var second = operator().header("Idempotency-Key", key).body(body).post(ExternalBots.PATH);

        var id = first.jsonPath().getString("bot");
        first.then()
                .statusCode(201)
                .header("Location", containsString(ExternalBots.PATH + "/" + id))
                .header("Cache-Control", "no-store")
                .body("token", matchesPattern("evb_" + id + "_[A-Za-z0-9_-]{43}"));
        second.then()
                .statusCode(201)
                .body("bot", equalTo(id))
                .body("token", nullValue())
                .body("note", containsString("repeats"));
        assertThat(ExternalBots.bot(new Registered(id, "")).asString())
                .contains("\"kind\":\"EXTERNAL\"", "\"strategy\":\"freqtrade\"", "\"tokenHash\"")
                .doesNotContain("evb_");
    }

    @Test
    @Tag("EC3")
    void whatItTellsIsSeen() {
        var bot = register();

        bot.call()
                .body(ALIVE)
                .post(bot.path("/heartbeats"))
                .then()
                .statusCode(200)
                .body("recorded", is(true));
        bot.call()
                .body(TRADE)
                .post(bot.path("/events"))
                .then()
                .statusCode(201)
                .header("Everstate-Sequence", notNullValue());

        bot(bot).then()
                .body("lifecycle.status", is("RUNNING"))
                .body("external.heartbeat.detail", is("3 trades open"))
                .body("external.reports", is(1))
                .body("external.recentReports.excerpt", hasItem("{\"pair\":\"BTC/USDT\",\"profit\":1.10}"));
    }

    @Test
    void aRepeatedReportCountsOnce() {
        var bot = register();
        var key = UUID.randomUUID().toString();

        var first = bot.call().header("Idempotency-Key", key).body(TRADE).post(bot.path("/events"));
        var second = bot.call().header("Idempotency-Key", key).body(TRADE).post(bot.path("/events"));

        assertThat(second.jsonPath().getLong("sequence"))
                .isEqualTo(first.jsonPath().getLong("sequence"));
        bot(bot).then().body("external.reports", is(1));
    }

    @Test
    void heartbeatsThatSayNothingNewStayInMemory() {
        var bot = register();
        bot.call().body(ALIVE).post(bot.path("/heartbeats")).then().body("recorded", is(true));
        var sequence = bot(bot).jsonPath().getLong("sequence");

        var second = bot.call()
                .body("{\"status\": \"RUNNING\", \"detail\": \"later\"}")
                .post(bot.path("/heartbeats"));

        second.then().statusCode(200).body("recorded", is(false));
        assertThat(bot(bot).jsonPath().getLong("sequence")).isEqualTo(sequence);
        person("viewer").get(bot.path("")).then().body("heartbeat.detail", is("later"));
    }

    @Test
    void aHeartbeatThatSaysSomethingNewIsRecordedAtOnce() {
        var bot = register();
        bot.call().body(ALIVE).post(bot.path("/heartbeats"));

        bot.call()
                .body("{\"status\": \"FAILED\"}")
                .post(bot.path("/heartbeats"))
                .then()
                .body("recorded", is(true));

        bot(bot).then().body("lifecycle.status", is("STOPPED")).body("external.status", is("FAILED"));
    }

    @Test
    void aBotThatIsHeardNoMoreStopsUntilItIsHeardAgain() {
        var bot = register();
        bot.call().body(ALIVE).post(bot.path("/heartbeats"));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> bot(bot).then()
                        .body("lifecycle.status", is("STOPPED"))
                        .body("lifecycle.stopReason", is("SILENT")));
        bot.call().body(ALIVE).post(bot.path("/heartbeats")).then().body("recorded", is(true));

        bot(bot).then().body("lifecycle.status", is("RUNNING"));
    }

    @Test
    void aReplacedTokenIsDeadWhenItsSuccessorIsAnswered() {
        var bot = register();

        var token = operator()
                .post(bot.path("/token"))
                .then()
                .statusCode(200)
                .extract()
                .<String>path("token");

        bot.call().body(TRADE).post(bot.path("/events")).then().statusCode(401).contentType("application/problem+json");
        as(token).body(TRADE).post(bot.path("/events")).then().statusCode(201);
    }

    @Test
    void aTokenWithAWrongSecretIsNone() {
        var bot = register();
        var wrong = "evb_" + bot.id() + "_" + "A".repeat(43);

        as(wrong).body(TRADE).post(bot.path("/events")).then().statusCode(401).header("WWW-Authenticate", "Bearer");
        as(wrong).get(bot.path("/checkpoints/newest")).then().statusCode(401);
        as(bot.token() + "A").body(TRADE).post(bot.path("/events")).then().statusCode(401);
        as("evb_" + NOBODY + "_" + "A".repeat(43))
                .body(TRADE)
                .post(ExternalBots.PATH + "/" + NOBODY + "/events")
                .then()
                .statusCode(401);
        given().contentType("application/json")
                .body(TRADE)
                .post(bot.path("/events"))
                .then()
                .statusCode(401);
        bot(bot).then().body("external.reports", is(0));
    }

    @ParameterizedTest
    @CsvSource({"POST, /events", "POST, /heartbeats", "POST, /checkpoints", "GET, /checkpoints/newest"})
    void aTokenIsForItsOwnBotOnly(String method, String rest) {
        var bot = register();
        var other = register();

        var answer = as(other.token()).body(bodyOf(rest)).request(method, bot.path(rest));

        answer.then().statusCode(403).contentType("application/problem+json");
        bot(bot).then().body("external.reports", is(0));
    }

    private static String bodyOf(String rest) {
        return rest.equals("/heartbeats") ? ALIVE : TRADE;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/bots",
        "GET, /api/v1/bots/{id}",
        "POST, /api/v1/bots",
        "POST, /api/v1/bots/{id}/start",
        "POST, /api/v1/bots/actions",
        "DELETE, /api/v1/bots/{id}",
        "PUT, /api/v1/bots/{id}/configuration",
        "GET, /api/v1/bots/{id}/configuration",
        "GET, /api/v1/partitions",
        "GET, /api/v1/partitions/share",
        "GET, /api/v1/strategies",
        "POST, /api/v1/external-bots",
        "GET, /api/v1/external-bots/{id}",
        "PUT, /api/v1/external-bots/{id}/configuration",
        "POST, /api/v1/external-bots/{id}/token",
    })
    void aBotPassesNoDoorOfPeople(String method, String path) {
        var bot = register();

        bot.call()
                .body("{}")
                .request(method, path.replace("{id}", bot.id()))
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "admin", "bot"})
    void nobodyElseReportsForABot(String role) {
        var bot = register();

        for (var rest : new String[] {"/events", "/heartbeats", "/checkpoints"}) {
            person(role).body(bodyOf(rest)).post(bot.path(rest)).then().statusCode(403);
        }
        bot(bot).then().body("external.reports", is(0));
    }

    @Test
    void aDeletedBotIsNotFoundAndItsTokenOpensNothing() {
        var bot = register();
        bot.call().body(ALIVE).post(bot.path("/heartbeats")).then().statusCode(200);

        person("admin").delete("/api/v1/bots/" + bot.id()).then().statusCode(200);

        bot.call().body(TRADE).post(bot.path("/events")).then().statusCode(404);
        bot.call().body(ALIVE).post(bot.path("/heartbeats")).then().statusCode(404);
        bot.call().get(bot.path("/checkpoints/newest")).then().statusCode(404);
        as("evb_" + bot.id() + "_" + "A".repeat(43))
                .body(TRADE)
                .post(bot.path("/events"))
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "pause", "resume", "clear-emergency"})
    void itIsNotCommandedHere(String action) {
        var bot = register();
        bot.call().body(ALIVE).post(bot.path("/heartbeats"));

        operator()
                .post("/api/v1/bots/" + bot.id() + "/" + action)
                .then()
                .statusCode(409)
                .body("detail", containsString("elsewhere"));

        bot(bot).then().body("lifecycle.status", is("RUNNING"));
    }

    @Test
    void itNeedsOnlyBotsThatThereAreAndNeverInACircle() {
        var first = register();
        var second = register("{\"name\": \"b\", \"system\": \"x\", \"dependsOn\": [\"" + first.id() + "\"]}");
        var third = register("{\"name\": \"c\", \"system\": \"x\", \"dependsOn\": [\"" + second.id() + "\"]}");

        bot(third).then().body("configuration.dependsOn", hasItem(second.id()));
        refused(first, first.id(), "itself");
        refused(first, third.id(), "circle");
        refused(first, NOBODY, "there is not");
        refused(first, "nonsense", "is not a bot's id");
        assertThat(configure(first, "[]").statusCode()).isEqualTo(200);
    }

    private static void refused(Registered bot, String needed, String why) {
        configure(bot, "[\"" + needed + "\"]")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("dependsOn"))
                .body("detail", containsString(why));
    }

    private static Response configure(Registered bot, String dependsOn) {
        var tag = person("viewer")
                .get("/api/v1/bots/" + bot.id() + "/configuration")
                .header("ETag");
        return operator()
                .header("If-Match", tag)
                .body("{\"name\": \"a\", \"system\": \"x\", \"dependsOn\": " + dependsOn + "}")
                .put(bot.path("/configuration"));
    }

    @Test
    void aHostedBotReportsNothing() {
        var hosted = operator()
                .body("""
                        {"name": "t", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "10000",
                         "parameters": {"fast": 3, "slow": 8}}
                        """)
                .post("/api/v1/bots")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        var path = ExternalBots.PATH + "/" + hosted;

        person("viewer").get(path).then().statusCode(404);
        operator().post(path + "/token").then().statusCode(404);
        as("evb_" + hosted + "_" + "A".repeat(43))
                .body(TRADE)
                .post(path + "/events")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"type\": \"TRADE\"}",
                "{\"type\": \"SALE\", \"content\": 1}",
                "{\"type\": \"TRADE\", \"content\": null}",
                "{\"type\": \"TRADE\", \"content\": 1, \"more\": 2}",
                "{\"type\": \"TRADE\", \"type\": \"STATUS\", \"content\": 1}",
                "{\"type\": \"TRADE\", \"content\": {\"a\": 1, \"a\": 2}}",
                "{\"type\": \"TRADE\", \"content\": NaN}",
                "{\"type\": \"TRADE\", \"content\": \"\\ud800\"}",
                "{\"type\": \"TRADE\", \"content\": {\"a\": 1}",
                "{\"type\": 7, \"content\": 1}",
                "{\"type\": \"TRADE\", \"status\": \"ASLEEP\", \"content\": 1}"
            })
    void aReportThatIsNoneIsRefused(String body) {
        var bot = register();

        var answer = bot.call().body(body).post(bot.path("/events"));

        answer.then().statusCode(400).contentType("application/problem+json").body("detail", notNullValue());
        bot(bot).then().body("external.reports", is(0));
    }

    @Test
    void aReportOfAnyDepthOrLengthIsRefused() {
        var bot = register();
        var deep = "{\"type\": \"TRADE\", \"content\": " + "[".repeat(1000) + "]".repeat(1000) + "}";
        var longer = "{\"type\": \"TRADE\", \"content\": \"" + "x".repeat(65_536) + "\"}";
        var longest = "{\"type\": \"TRADE\", \"content\": \"" + "x".repeat(600_000) + "\"}";

        bot.call().body(deep).post(bot.path("/events")).then().statusCode(400).body("detail", containsString("100"));
        bot.call()
                .body(longer)
                .post(bot.path("/events"))
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("content"));
        bot.call()
                .body(longest)
                .post(bot.path("/events"))
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
        bot(bot).then().body("external.reports", is(0));
    }
}
