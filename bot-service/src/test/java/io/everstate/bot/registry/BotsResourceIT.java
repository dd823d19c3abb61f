package io.everstate.bot.registry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.bot.fleet.BotServiceProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(BotServiceProfile.class)
@QuarkusTestResource(PlatformResource.class)
class BotsResourceIT {
    private static final String BODY = """
            {"name": "trend", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "10000",
             "parameters": {"fast": 3, "slow": 8}}
            """;

    @BeforeEach
    void awaitOwner() {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> given().auth()
                        .oauth2(TestIdentity.shared().token("viewer"))
                        .get("/api/v1/bots")
                        .then()
                        .statusCode(200));
    }

    @Test
    @Tag("SF1")
    void aBotIsMadeStartedSeenTradingAndStopped() {
        var id = create(BODY).statusCode(201).extract().<String>path("id");

        act(id, "start").then().statusCode(200).body("lifecycle.status", is("RUNNING"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(one(id).jsonPath().getInt("portfolio.trades"))
                        .isGreaterThanOrEqualTo(2));
        act(id, "stop").then().statusCode(200).body("lifecycle.status", is("STOPPED"));

        assertThat(one(id).jsonPath().getString("lifecycle.stopReason")).isEqualTo("COMMAND");
    }

    @Test
    void aRepeatedKeyMakesOneBot() {
        var key = UUID.randomUUID().toString();

        var first = operator().header("Idempotency-Key", key).body(BODY).post("/api/v1/bots");
        var second = operator().header("Idempotency-Key", key).body(BODY).post("/api/v1/bots");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Everstate-Sequence")).isEqualTo("1");
    }

    @Test
    void aRepeatedKeyForAnotherBotIsAConflict() {
        var key = UUID.randomUUID().toString();
        operator().header("Idempotency-Key", key).body(BODY).post("/api/v1/bots");

        var other = operator()
                .header("Idempotency-Key", key)
                .body(BODY.replace("10000", "20000"))
                .post("/api/v1/bots");

        other.then().statusCode(409).body("detail", containsString("idempotency key"));
    }

    /** The newest keys are part of a bot's state, which must stay small enough for one record of the log. */
    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "force-save", "clear-emergency"})
    void aKeyOfAnySizeIsNotTaken(String action) {
        var id = create(BODY).extract().<String>path("id");

        var response = operator().header("Idempotency-Key", "k".repeat(201)).post("/api/v1/bots/" + id + "/" + action);

        response.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains("Idempotency-Key"));
    }

    @ParameterizedTest
    @CsvSource({"limit=many,limit", "limit=0,limit", "limit=1001,limit", "after=yesterday,after"})
    void aWrongPageNamesItsParameter(String query, String parameter) {
        var response = operator().get("/api/v1/bots?" + query);

        response.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains(parameter));
    }

    @Test
    @Tag("SF1")
    void aPausedBotWaitsUntilItIsResumed() {
        var id = create(BODY).extract().<String>path("id");
        act(id, "start").then().statusCode(200);

        act(id, "pause").then().statusCode(200).body("lifecycle.status", is("PAUSED"));

        act(id, "start").then().statusCode(409).body("detail", containsString("paused"));
        act(id, "pause").then().statusCode(409);
        var trades = one(id).jsonPath().getInt("portfolio.trades");
        act(id, "resume").then().statusCode(200).body("lifecycle.status", is("RUNNING"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(one(id).jsonPath().getInt("portfolio.trades"))
                        .isGreaterThan(trades));
        act(id, "stop").then().statusCode(200);
    }

    @Test
    void aDeletedBotIsGoneAndItsNameCanBeUsedAgain() {
        var id = create(BODY).extract().<String>path("id");
        act(id, "start").then().statusCode(200);
        admin().delete("/api/v1/bots/" + id).then().statusCode(409).body("detail", containsString("stop it first"));
        act(id, "stop").then().statusCode(200);
        operator().delete("/api/v1/bots/" + id).then().statusCode(403);

        admin().delete("/api/v1/bots/" + id).then().statusCode(200);

        one(id).then().statusCode(404).body("detail", containsString("was deleted"));
        act(id, "start").then().statusCode(409).body("detail", containsString("deleted"));
        operator().get("/api/v1/bots?limit=1000").then().body("items.id", not(hasItem(id)));
        create(BODY).statusCode(201);
    }

    @Test
    void anActionOnManyTellsWhatCameOfEach() {
        var label = "l" + UUID.randomUUID();
        var labelled = BODY.replace("8}", "8}, \"labels\": {\"group\": \"" + label + "\"}");
        var first = create(labelled).extract().<String>path("id");
        var second = create(labelled).extract().<String>path("id");
        create(BODY);
        act(first, "start").then().statusCode(200);

        var started = operator()
                .body("{\"action\": \"START\", \"selector\": \"group=" + label + ",strategy=sma-cross\"}")
                .post("/api/v1/bots/actions");

        started.then()
                .statusCode(200)
                .body("done", is(1))
                .body("refused", is(1))
                .body("results.bot", containsInAnyOrder(first, second))
                .body("results.find { it.bot == '" + first + "' }.status", is(409))
                .body("results.find { it.bot == '" + first + "' }.detail", containsString("already"))
                .body("results.find { it.bot == '" + second + "' }.status", is(200));
        operator()
                .body("{\"action\": \"STOP\", \"selector\": \"group=" + label + "\"}")
                .post("/api/v1/bots/actions")
                .then()
                .body("done", is(2));
        operator()
                .body("{\"action\": \"EXPLODE\", \"selector\": \"\"}")
                .post("/api/v1/bots/actions")
                .then()
                .statusCode(400)
                .body("violations.field", contains("action"));
        operator()
                .body("{\"action\": \"STOP\", \"selector\": \"group\"}")
                .post("/api/v1/bots/actions")
                .then()
                .statusCode(400)
                .body("violations.field", contains("selector"));
    }

    @Test
    @Tag("SF3")
    @Tag("SF15")
    void aConfigurationIsChangedForTheVersionThatItWasReadAs() {
        var id = create(BODY).extract().<String>path("id");
        var address = "/api/v1/bots/" + id + "/configuration";
        var read = operator().get(address);
        var tag = read.header("ETag");
        var changed = BODY.replace("trend", "slower trend").replace("8}", "9}, \"labels\": {\"env\": \"prod\"}");

        operator().body(changed).put(address).then().statusCode(428);
        var response = operator().header("If-Match", tag).body(changed).put(address);
        operator().header("If-Match", tag).body(BODY).put(address).then().statusCode(412);

        response.then()
                .statusCode(200)
                .body("present.number", is(2))
                .body("present.by", is("test-operator"))
                .body("present.configuration.labels.env", is("prod"))
                .body("warnings", empty());
        assertThat(read.jsonPath().getString("hash")).hasSize(64).isNotEqualTo(response.path("present.hash"));
        operator().get(address + "/versions").then().body("items.number", contains(1, 2));
        operator()
                .get(address + "/differences?from=1&to=2")
                .then()
                .body("differences.field", contains("labels.env", "name", "parameters.slow"));
        operator().get(address + "/differences?from=1").then().statusCode(400).body("violations.field", contains("to"));
    }

    @Test
    @Tag("SF15")
    void aRunningBotGoesOnWithWhatItIsConfiguredTo() {
        var id = create(BODY).extract().<String>path("id");
        act(id, "start").then().statusCode(200);
        var address = "/api/v1/bots/" + id + "/configuration";
        var tag = operator().get(address).header("ETag");

        operator()
                .header("If-Match", tag)
                .body(BODY.replace("\"parameters\"", "\"feeRate\": \"0.5\", \"parameters\""))
                .put(address)
                .then()
                .statusCode(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(newestFeeRate(id)).isCloseTo(0.5, within(0.01)));
        act(id, "stop").then().statusCode(200);
    }

    @Test
    void aSecondStartIsAConflict() {
        var id = create(BODY).extract().<String>path("id");
        act(id, "start").then().statusCode(200);

        var response = act(id, "start");

        response.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", is("urn:everstate:problem:conflict"))
                .body("detail", containsString("already"))
                .body("retryable", is(false));
        act(id, "stop").then().statusCode(200);
    }

    @Test
    @Tag("SF4")
    void aForcedSaveAppendsACheckpoint() {
        var id = create(BODY).extract().<String>path("id");

        var response = act(id, "force-save");

        response.then().statusCode(200).body("sequence", equalTo(2));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                  | must be an object",
                "{\"name\": \"a\", \"name\": \"b\"}      | Duplicate field 'name'",
                "{\"name\": \"a\"                      | no JSON at line 1",
                "{\"initialBalance\": NaN}           | no JSON at line 1",
                "{\"initialBalance\": 1.5}           | with a fraction as a text",
                "{\"maxDrawDown\": \"0.1\"}          | is not known here; known are"
            })
    void aBrokenBodyIsExplainedWithoutWordsOfJava(String body, String sentence) {
        var response = operator().body(body).post("/api/v1/bots");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.asString())
                .contains(sentence)
                .doesNotContain("io.everstate", "java.", "com.fasterxml", "JsonToken");
    }

    @Test
    void anUnknownBotIsNotFound() {
        act(UUID.randomUUID().toString(), "start").then().statusCode(404).contentType("application/problem+json");
        act("nonsense", "start").then().statusCode(404).body("detail", containsString("nonsense"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"initialBalance\": \"-5\"}                                   | initialBalance",
                "{\"initialBalance\": \"a lot\"}                                | initialBalance",
                "{\"initialBalance\": \"1000000000001\"}                        | initialBalance",
                "{\"strategy\": \"magic\"}                                      | strategy",
                "{\"symbols\": [\"DOGE/MOON\"]}                                 | symbols",
                "{\"symbols\": []}                                              | symbols",
                "{\"name\": \"\"}                                               | name",
                "{\"parameters\": {\"fast\": 9, \"slow\": 3}}                   | parameters",
                "{\"parameters\": {\"speed\": 9}}                               | parameters",
                "{\"parameters\": {\"fast\": null}}                            | parameters",
                "{\"restartPolicy\": \"MAYBE\"}                                 | restartPolicy",
                "{\"feeRate\": \"1.5\"}                                         | feeRate",
                "{\"maxDrawdown\": \"-0.1\"}                                    | maxDrawdown",
                "{\"maxDrawDown\": \"0.1\"}                                     | maxDrawDown",
                "{\"initialBalance\": 1.5}                                     | initialBalance",
                "{\"symbols\": \"BTC/USD\"}                                    | symbols",
                "{\"labels\": [1]}                                            | labels"
            })
    void aWrongFieldIsNamed(String change, String field) throws Exception {
        var mapper = new ObjectMapper();
        var body = mapper.readValue(BODY, ObjectNode.class);
        body.setAll(mapper.readValue(change, ObjectNode.class));

        var response = create(body.toString());

        response.statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", containsString(field));
    }

    @Test
    void malformedJsonIsInvalid() {
        create("{\"name\": ").statusCode(400).contentType("application/problem+json");
    }

    @Test
    void nobodyActsWithoutAValidTokenAndTheRole() {
        given().get("/api/v1/bots").then().statusCode(401).contentType("application/problem+json");
        withToken(TestIdentity.shared().foreignToken("operator"))
                .get("/api/v1/bots")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        withToken(TestIdentity.shared().expiredToken("operator"))
                .get("/api/v1/bots")
                .then()
                .statusCode(401);
        given().contentType(ContentType.JSON)
                .body(BODY)
                .post("/api/v1/bots")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        withToken(TestIdentity.shared().foreignToken("operator"))
                .body(BODY)
                .post("/api/v1/bots")
                .then()
                .statusCode(401);
        withToken(TestIdentity.shared().token("viewer"))
                .body(BODY)
                .post("/api/v1/bots")
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    private static RequestSpecification withToken(String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    private static RequestSpecification operator() {
        return withToken(TestIdentity.shared().token("operator"));
    }

    /** 0 before the first trade. */
    private static double newestFeeRate(String id) {
        List<Map<String, String>> trades = one(id).jsonPath().getList("portfolio.recentTrades");
        if (trades.isEmpty()) {
            return 0;
        }
        var newest = trades.getLast();
        return parsed(newest, "fee") / (parsed(newest, "price") * parsed(newest, "quantity"));
    }

    private static double parsed(Map<String, String> trade, String field) {
        return Double.parseDouble(Objects.requireNonNull(trade.get(field)));
    }

    private static RequestSpecification admin() {
        return withToken(TestIdentity.shared().token("admin"));
    }

    private static ValidatableResponse create(String body) {
        return operator().body(body).post("/api/v1/bots").then();
    }

    private static Response act(String id, String action) {
        return operator().post("/api/v1/bots/" + id + "/" + action);
    }

    private static Response one(String id) {
        return operator().get("/api/v1/bots/" + id);
    }
}
