package io.everstate.bot.registry;

import static io.everstate.bot.registry.BotsApi.BODY;
import static io.everstate.bot.registry.BotsApi.act;
import static io.everstate.bot.registry.BotsApi.operator;
import static io.everstate.bot.registry.BotsApi.withToken;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.bot.fleet.BotServiceProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller can do wrong is answered with a problem that names it, and changes nothing. */
@QuarkusTest
@TestProfile(BotServiceProfile.class)
@QuarkusTestResource(PlatformResource.class)
class BadCallsIT {
    @BeforeEach
    void awaitOwner() {
        BotsApi.awaitOwner();
    }

    /** The newest keys are part of a bot's state, which must stay small enough for one record of the log. */
    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "force-save", "clear-emergency"})
    void aKeyOfAnySizeIsNotTaken(String action) {
        var id = BotsApi.create(BODY).extract().<String>path("id");

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

        var response = BotsApi.create(body.toString());

        response.statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].field", containsString(field));
    }

    @Test
    void malformedJsonIsInvalid() {
        BotsApi.create("{\"name\": ").statusCode(400).contentType("application/problem+json");
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
}
