package io.everstate.bot.registry;

import static io.everstate.bot.registry.BotsApi.act;
import static io.everstate.bot.registry.BotsApi.one;
import static io.everstate.bot.registry.BotsApi.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.bot.fleet.BotServiceProfile;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
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
        BotsApi.awaitOwner();
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
                .untilAsserted(() -> assertThat(one(id).jsonPath().getBoolean(SYMBOL + "maxLossReached"))
                        .isTrue());

        var stopped = one(id).jsonPath();
        assertThat(stopped.getString(SYMBOL + "position")).isEqualTo("0");
        assertThat(stopped.getString("portfolio.recentTrades[-1].side")).isEqualTo("SELL");
        assertThat(stopped.getList(SYMBOL + "limited", String.class)).containsExactly("STOP_LOSS");
        assertThat(stopped.getString("lifecycle.status")).isEqualTo("RUNNING");
        var place = place(id);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(place(id)).isGreaterThan(place + 50));
        assertThat(one(id).jsonPath().getInt("portfolio.trades")).isEqualTo(stopped.getInt("portfolio.trades"));

        act(id, "clear-emergency").then().statusCode(200);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one(id).jsonPath().getInt("portfolio.trades"))
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
                .untilAsserted(() -> assertThat(one(id).jsonPath().getInt("portfolio.trades"))
                        .isGreaterThanOrEqualTo(6));
        act(id, "stop").then().statusCode(200);

        var trades = one(id).jsonPath();
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
        return BotsApi.create(body).statusCode(201).extract().path("id");
    }
}
