package io.everstate.bot.live;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bot trades on prices as they happen; the connection breaks in between. */
@QuarkusTest
@TestProfile(LiveProfile.class)
@QuarkusTestResource(PlatformResource.class)
class LiveTradingIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long WAVE_SECONDS = 4;

    private static final int WINDOW = 60;

    private final LiveConfiguration configuration;

    @TestHTTPResource(value = "health", management = true)
    String health = "";

    @TestHTTPResource(value = "metrics", management = true)
    String metrics = "";

    @Inject
    LiveTradingIT(LiveConfiguration configuration) {
        this.configuration = configuration;
    }

    @Test
    void aBotTradesOnLivePricesAndGoesOnAfterTheConnectionBroke() {
        await().atMost(SOON)
                .untilAsserted(() -> operator().get("/api/v1/bots").then().statusCode(200));
        var id = started("live", 4);

        awaitTrades(id, 2);
        var minute = one(id).getLong("portfolio.symbols.'BTC/USDT'.feedPosition");
        assertThat(Instant.ofEpochSecond(minute)).isBetween(Instant.now().minusSeconds(90), Instant.now());

        given().delete(exchange()).then().statusCode(200);

        awaitTrades(id, one(id).getLong("portfolio.trades") + 2);
        assertThat(given().get(exchange()).asString())
                .as("times that the exchange was called")
                .isNotEqualTo("1");
        operator().post("/api/v1/bots/" + id + "/stop").then().statusCode(200);
    }

    /** Nothing was heard for as long as its window is long. */
    @Test
    @Tag("PT4")
    void aBotHasItsWindowFromBeforeTheConnection() {
        await().atMost(SOON)
                .untilAsserted(() -> operator().get("/api/v1/bots").then().statusCode(200));
        var connected = Instant.now();
        var id = started("has a past", WINDOW);

        awaitTrades(id, 1);

        var first = one(id).getLong("portfolio.recentTrades[0].feedPosition");
        assertThat(Instant.ofEpochSecond(first)).isBefore(connected.plusSeconds(WINDOW));
        operator().post("/api/v1/bots/" + id + "/stop").then().statusCode(200);
        given().get(metrics)
                .then()
                .statusCode(200)
                .body(containsString("everstate_market_live_silence_seconds{market=\"BTC/USDT\"} 0.0"))
                .body(containsString("everstate_market_live_looked_up_bars_total"))
                .body(containsString("everstate_market_live_dropped_trades_total{reason=\"unreadable\"} 0.0"))
                .body(containsString("everstate_market_live_unheard_total 0.0"));
        await().atMost(SOON).untilAsserted(() -> {
            trade();
            given().get(health + "/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.find { it.name == 'live markets' }.data.state", startsWith("connected"))
                    .body("checks.find { it.name == 'live markets' }.data.record", nullValue());
        });
    }

    private static String started(String name, int slow) {
        var id = operator()
                .body("""
                        {"name": "%s", "strategy": "sma-cross", "symbols": ["BTC/USDT"], "initialBalance": "10000",
                         "parameters": {"fast": 2, "slow": %d}}
                        """.formatted(name, slow))
                .post("/api/v1/bots")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        operator().post("/api/v1/bots/" + id + "/start").then().statusCode(200);
        return id;
    }

    /** The exchange trades up and down. */
    private void trade() {
        var now = Instant.now();
        var price = now.getEpochSecond() / WAVE_SECONDS % 2 == 0 ? "100" : "110";
        given().body(BinanceStandIn.message("BTCUSDT", price, "0.5", now)).post(exchange());
    }

    /** While it does so. */
    private void awaitTrades(String id, long count) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            trade();
            assertThat(one(id).getLong("portfolio.trades")).isGreaterThanOrEqualTo(count);
        });
    }

    /** Where the exchange takes what it is to say. */
    private String exchange() {
        return configuration.websocket().orElseThrow().toString().replace("ws://", "http://");
    }

    private static JsonPath one(String id) {
        return operator().get("/api/v1/bots/" + id).jsonPath();
    }

    private static RequestSpecification operator() {
        return given().auth().oauth2(TestIdentity.shared().token("operator")).contentType(ContentType.JSON);
    }
}
