package io.everstate.bot.registry;

import static io.everstate.bot.registry.BotsApi.BODY;
import static io.everstate.bot.registry.BotsApi.act;
import static io.everstate.bot.registry.BotsApi.admin;
import static io.everstate.bot.registry.BotsApi.one;
import static io.everstate.bot.registry.BotsApi.operator;
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

import io.everstate.bot.fleet.BotServiceProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BotServiceProfile.class)
@QuarkusTestResource(PlatformResource.class)
class BotsResourceIT {
    @BeforeEach
    void awaitOwner() {
        BotsApi.awaitOwner();
    }

    @Test
    @Tag("SF1")
    void aBotIsMadeStartedSeenTradingAndStopped() {
        var id = BotsApi.create(BODY).statusCode(201).extract().<String>path("id");

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

    @Test
    @Tag("SF1")
    void aPausedBotWaitsUntilItIsResumed() {
        var id = BotsApi.create(BODY).extract().<String>path("id");
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
        var id = BotsApi.create(BODY).extract().<String>path("id");
        act(id, "start").then().statusCode(200);
        admin().delete("/api/v1/bots/" + id).then().statusCode(409).body("detail", containsString("stop it first"));
        act(id, "stop").then().statusCode(200);
        operator().delete("/api/v1/bots/" + id).then().statusCode(403);

        admin().delete("/api/v1/bots/" + id).then().statusCode(200);

        one(id).then().statusCode(404).body("detail", containsString("was deleted"));
        act(id, "start").then().statusCode(409).body("detail", containsString("deleted"));
        operator().get("/api/v1/bots?limit=1000").then().body("items.id", not(hasItem(id)));
        BotsApi.create(BODY).statusCode(201);
    }

    @Test
    void anActionOnManyTellsWhatCameOfEach() {
        var label = "l" + UUID.randomUUID();
        var labelled = BODY.replace("8}", "8}, \"labels\": {\"group\": \"" + label + "\"}");
        var first = BotsApi.create(labelled).extract().<String>path("id");
        var second = BotsApi.create(labelled).extract().<String>path("id");
        BotsApi.create(BODY);
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
        var id = BotsApi.create(BODY).extract().<String>path("id");
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
        var id = BotsApi.create(BODY).extract().<String>path("id");
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
        var id = BotsApi.create(BODY).extract().<String>path("id");
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
        var id = BotsApi.create(BODY).extract().<String>path("id");

        var response = act(id, "force-save");

        response.then().statusCode(200).body("sequence", equalTo(2));
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
}
