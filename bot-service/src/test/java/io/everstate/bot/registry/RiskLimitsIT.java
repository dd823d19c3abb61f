package io.everstate.bot.registry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.bot.fleet.BotServiceProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits and the triangle, over REST and a real log. */
@QuarkusTest
@TestProfile(BotServiceProfile.class)
@QuarkusTestResource(PlatformResource.class)
class RiskLimitsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SYMBOL = "portfolio.symbols.'BTC/USD'.";

    @BeforeEach
    void awaitOwner() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> operator().get("/api/v1/bots").then().statusCode(200));
    }

    @Test
    @Tag("PT14")
    void aStopLossSellsAndNothingIsBoughtUntilAPersonClearsIt() {
        var id = create("""
                {"name": "careful", "strategy": "dca", "symbols": ["BTC/USD"], "initialBalance": "10000",
                 "parameters": {"every": 1, "amount": 5000}, "slippageRate": "0.001", "limits": {"stopLoss": "0.002"}}
                """);
        act(id, "start").then().statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one(id).getBoolean(SYMBOL + "maxLossReached"))
                        .isTrue());

        var stopped = one(id);
        assertThat(stopped.getString(SYMBOL + "position")).isEqualTo("0");
        assertThat(stopped.getString("portfolio.recentTrades[-1].side")).isEqualTo("SELL");
        assertThat(stopped.getList(SYMBOL + "limited", String.class)).containsExactly("STOP_LOSS");
        assertThat(stopped.getString("lifecycle.status")).isEqualTo("RUNNING");
        var place = place(id);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(place(id)).isGreaterThan(place + 50));
        assertThat(one(id).getInt("portfolio.trades")).isEqualTo(stopped.getInt("portfolio.trades"));

        act(id, "clear-emergency").then().statusCode(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one(id).getInt("portfolio.trades"))
                        .isGreaterThan(stopped.getInt("portfolio.trades")));
        act(id, "stop").then().statusCode(200);
    }

    @Test
    @Tag("SF3")
    void aTriangleIsTradedInCyclesOfThree() {
        var id = create("""
                {"name": "triangle", "strategy": "triangular-arbitrage", "symbols": ["BTC/USD", "SIM/BTC", "SIM/USD"],
                 "initialBalance": "10000"}
                """);
        act(id, "start").then().statusCode(200);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(one(id).getInt("portfolio.trades")).isGreaterThanOrEqualTo(6));
        act(id, "stop").then().statusCode(200);

        var trades = one(id);
        List<Integer> legs = trades.getList("portfolio.recentTrades.leg");
        List<Integer> sequences = trades.getList("portfolio.recentTrades.sequence");
        assertThat(legs.subList(0, 6)).containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(sequences.get(0)).isEqualTo(sequences.get(2)).isLessThan(sequences.get(3));
        assertThat(Double.parseDouble(trades.getString("portfolio.totalProfit")))
                .isPositive();
    }

    @Test
    void whatCannotBeIsNamed() {
        operator()
                .body("""
                        {"name": "odd", "strategy": "triangular-arbitrage", "symbols": ["BTC/USD"], "initialBalance": "1",
                         "slippageRate": "1", "limits": {"stopLoss": "2", "maxTradesPerHour": 0, "maxPosition": "-1"}}
                        """)
                .post("/api/v1/bots")
                .then()
                .statusCode(400)
                .body(
                        "violations.field",
                        containsInAnyOrder(
                                "symbols",
                                "slippageRate",
                                "limits.stopLoss",
                                "limits.maxTradesPerHour",
                                "limits.maxPosition"))
                .body(
                        "violations.find { it.field == 'symbols' }.message",
                        equalTo("must be three markets as A/Q, B/A and B/Q, in any order"));
    }

    /** Brings the newest bar into the state that is shown. */
    private static long place(String id) {
        return act(id, "force-save").jsonPath().getLong(SYMBOL + "feedPosition");
    }

    private static String create(String body) {
        return operator()
                .body(body)
                .post("/api/v1/bots")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response act(String id, String action) {
        return operator().post("/api/v1/bots/" + id + "/" + action);
    }

    private static JsonPath one(String id) {
        return operator().get("/api/v1/bots/" + id).jsonPath();
    }

    private static RequestSpecification operator() {
        return given().auth().oauth2(TestIdentity.shared().token("operator")).contentType(ContentType.JSON);
    }
}
