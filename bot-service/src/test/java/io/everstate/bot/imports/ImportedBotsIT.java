package io.everstate.bot.imports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.bot.fleet.BotServiceProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bots with a past elsewhere, on a real log. */
@QuarkusTest
@TestProfile(BotServiceProfile.class)
@QuarkusTestResource(PlatformResource.class)
@Tag("PT4")
class ImportedBotsIT {
    private static final String TRADING = """
            {"kind": "TRADING", "source": "a file", "configuration":
               {"name": "came over", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "10000", "feeRate": "0.001",
                "parameters": {"fast": 3, "slow": 8}, "restartPolicy": "MANUAL", "labels": {"from": "paper"}},
             "lifecycle": {"status": "STOPPED", "createdAt": "2025-01-20T10:00:00Z", "startedAt": "2025-01-20T10:00:00Z",
                "stoppedAt": "2025-01-20T14:35:45Z", "stopReason": "RESTART", "restarts": 2, "runningTime": "PT4H35M45S"
                %s},
             "symbols": {"BTC/USD": {"balance": "5234.56", "position": "0.0532", "entryPrice": "91464", "currentPrice": "92100",
                "totalFees": "23.45", "realisedProfit": "100.12", "trades": 14, "lastTradeAt": "2025-01-20T14:30:00Z",
                "tradesLastHour": ["2025-01-20T14:00:00Z", "2025-01-20T14:15:00Z"], "maxLossReached": false,
                "highestValue": "10500", "feedPosition": -1}}}""";
    private static final String EXTERNAL = """
            {%s"kind": "EXTERNAL", "source": "a file", "configuration":
               {"name": "from there", "strategy": "sniperforge", "symbols": [], "initialBalance": "0", "feeRate": "0", "parameters": {},
                "restartPolicy": "MANUAL", "labels": {"type": "arbitrage"}},
             "lifecycle": {"status": "STOPPED", "createdAt": "2025-01-20T10:00:00Z", "restarts": 7, "runningTime": "PT1H"},
             "symbols": {}, "document": {"contentType": "application/json", "base64": "%s"}}""";
    private static final String DOCUMENT = "{\"bot_id\":\"x\",\"profit\":1.10}";

    private static RequestSpecification as(String role) {
        return given().auth()
                .oauth2(TestIdentity.shared().token(role))
                .contentType(ContentType.JSON)
                .accept("application/json, application/problem+json");
    }

    private static Response take(String body, String key, String query) {
        return as("operator").header("Idempotency-Key", key).body(body).post("/api/v1/imported-bots" + query);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void awaitOwner() {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> as("viewer").get("/api/v1/bots").then().statusCode(200));
    }

    @Test
    void aBotGoesOnWithWhatItHadInOneEvent() {
        var key = UUID.randomUUID().toString();
        var body = TRADING.formatted("");

        var dry = take(body, key, "?dryRun=true");
        dry.then().statusCode(200).body("portfolio.symbols.'BTC/USD'.balance", equalTo("5234.56"));
        var id = dry.jsonPath().getString("id");
        as("viewer").get("/api/v1/bots/" + id).then().statusCode(404);
        var made = take(body, key, "");

        made.then()
                .statusCode(201)
                .header("Location", containsString(id))
                .header("Everstate-Sequence", "1")
                .body("sequence", equalTo(1))
                .body("lifecycle.status", equalTo("STOPPED"))
                .body("lifecycle.restarts", equalTo(2))
                .body("portfolio.symbols.'BTC/USD'.position", equalTo("0.0532"))
                .body("portfolio.symbols.'BTC/USD'.totalValue", equalTo("10134.28"))
                .body("portfolio.trades", equalTo(14))
                .body("configuration.labels.from", equalTo("paper"));
        as("operator").post("/api/v1/bots/" + id + "/start").then().statusCode(200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(as("viewer")
                                .get("/api/v1/bots/" + id)
                                .jsonPath()
                                .getLong("portfolio.trades"))
                        .as("it trades on from there")
                        .isGreaterThan(14));
        take(body, key, "").then().statusCode(201).header("Everstate-Sequence", "1");
        as("operator").post("/api/v1/bots/" + id + "/stop").then().statusCode(200);
    }

    @Test
    @Tag("PT7")
    void anEmergencyStopComesAlong() {
        var body = TRADING.formatted(
                ", \"emergencyStop\": {\"reason\": \"drawdown of -20.5 %\", \"at\": \"2025-01-20T14:35:45Z\"}");

        var made = take(body, UUID.randomUUID().toString(), "");

        made.then().statusCode(201).body("lifecycle.emergencyStop.reason", equalTo("drawdown of -20.5 %"));
        as("operator")
                .post("/api/v1/bots/" + made.jsonPath().getString("id") + "/start")
                .then()
                .statusCode(409)
                .body("detail", containsString("emergency stop"));
    }

    @Test
    @Tag("EC3")
    void oneThatRunsElsewhereKeepsItsIdAndItsDocument() {
        var id = UUID.randomUUID().toString();
        var key = UUID.randomUUID().toString();
        var body = EXTERNAL.formatted("\"id\": \"" + id + "\", ", base64(DOCUMENT));

        take(body, key, "").then().statusCode(201).body("id", equalTo(id));
        take(body, key, "").then().statusCode(201).body("sequence", equalTo(2));

        var known = as("viewer").get("/api/v1/external-bots/" + id + "/checkpoints");
        known.then().statusCode(200);
        assertThat(as("viewer")
                        .get("/api/v1/bots/" + id)
                        .then()
                        .statusCode(200)
                        .body("external.documents", equalTo(1))
                        .body("external.document.document.size", equalTo(DOCUMENT.length()))
                        .body("external.tokenHash", nullValue())
                        .extract()
                        .jsonPath()
                        .getLong("sequence"))
                .isEqualTo(2);
    }

    @Test
    void nothingThatIsThereIsWrittenOver() {
        var key = UUID.randomUUID().toString();
        var id = take(TRADING.formatted(""), key, "").jsonPath().getString("id");
        var same = EXTERNAL.formatted("\"id\": \"" + id + "\", ", base64(DOCUMENT));

        take(same, UUID.randomUUID().toString(), "?dryRun=true").then().statusCode(409);
        take(same, UUID.randomUUID().toString(), "").then().statusCode(409).body("detail", containsString("already"));

        as("admin").delete("/api/v1/bots/" + id).then().statusCode(200);
        take(same, UUID.randomUUID().toString(), "").then().statusCode(409);
        as("viewer").get("/api/v1/bots/" + id).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"balance\": \"5234.56\" | \"balance\": \"-1\" | symbols.BTC/USD.balance",
                "\"feedPosition\": -1 | \"feedPosition\": 7 | symbols.BTC/USD.feedPosition",
                "\"trades\": 14 | \"trades\": -1 | symbols.BTC/USD.trades",
                "\"strategy\": \"sma-cross\" | \"strategy\": \"sac\" | strategy",
                "\"symbols\": [\"BTC/USD\"] | \"symbols\": [\"BTC/USD\", \"ETH/USD\"] | symbols",
                "\"source\": \"a file\" | \"source\": \" \" | source",
                "\"status\": \"STOPPED\" | \"status\": \"RUNNING\" | lifecycle.status"
            })
    void whatCannotBeIsRefusedByItsName(String right, String wrong, String field) {
        take(TRADING.formatted("").replace(right, wrong), UUID.randomUUID().toString(), "?dryRun=true")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem(field));
    }

    @Test
    void isForOperatorsAndNeedsAKey() {
        as("viewer")
                .header("Idempotency-Key", "k")
                .body(TRADING.formatted(""))
                .post("/api/v1/imported-bots")
                .then()
                .statusCode(403);
        as("operator")
                .body(TRADING.formatted(""))
                .post("/api/v1/imported-bots")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("Idempotency-Key"));
    }
}
