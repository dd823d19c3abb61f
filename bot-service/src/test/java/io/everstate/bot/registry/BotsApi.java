package io.everstate.bot.registry;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.TestIdentity;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;

/** The calls about bots as people make them. */
final class BotsApi {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String BODY = """
            {"name": "trend", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "10000",
             "parameters": {"fast": 3, "slow": 8}}
            """;

    private BotsApi() {}

    static void awaitOwner() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> operator().get("/api/v1/bots").then().statusCode(200));
    }

    static RequestSpecification withToken(String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    static RequestSpecification operator() {
        return withToken(TestIdentity.shared().token("operator"));
    }

    static RequestSpecification admin() {
        return withToken(TestIdentity.shared().token("admin"));
    }

    static ValidatableResponse create(String body) {
        return operator().body(body).post("/api/v1/bots").then();
    }

    static Response act(String id, String action) {
        return operator().post("/api/v1/bots/" + id + "/" + action);
    }

    static Response one(String id) {
        return operator().get("/api/v1/bots/" + id);
    }
}
