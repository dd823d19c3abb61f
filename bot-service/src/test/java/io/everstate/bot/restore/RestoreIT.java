package io.everstate.bot.restore;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.bot.checkpoint.CheckpointConfiguration;
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
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bots on a real log go back to their real files. */
@QuarkusTest
@TestProfile(BotServiceProfile.class)
@QuarkusTestResource(PlatformResource.class)
@Tag("GR3")
@Tag("PT12")
class RestoreIT {
    private static final String BODY = """
            {"name": "goes back", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "10000",
             "parameters": {"fast": 3, "slow": 8}}
            """;

    private final CheckpointConfiguration checkpoints;

    @Inject
    RestoreIT(CheckpointConfiguration checkpoints) {
        this.checkpoints = checkpoints;
    }

    @BeforeEach
    void awaitOwner() {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> as("viewer").get("/api/v1/bots").then().statusCode(200));
    }

    @Test
    void aBotGoesBackToACheckpointAndOnFromThere() {
        var id = tradedAndStopped();
        var before = one(id);
        var oldest = files(id).getLong("items[-1].sequence");

        var dry = restore(id, "?dryRun=true", "{\"sequence\": %d}".formatted(oldest));
        dry.then().statusCode(200).body("dryRun", is(true)).body("differences.field", hasItem("trades"));
        assertThat(one(id).getLong("sequence")).isEqualTo(before.getLong("sequence"));

        var restored = restore(id, "", "{\"sequence\": %d}".formatted(oldest));
        restored.then()
                .statusCode(200)
                .body("dryRun", is(false))
                .body("from", is((int) oldest))
                .body("bot.lifecycle.status", is("STOPPED"))
                .body("differences", is(dry.jsonPath().getList("differences")));

        var after = one(id);
        assertThat(after.getLong("sequence")).isEqualTo(before.getLong("sequence") + 1);
        assertThat(restored.header("Everstate-Sequence")).isEqualTo(after.getString("sequence"));
        assertThat(after.getLong("portfolio.trades")).isLessThan(before.getLong("portfolio.trades"));
        as("operator").post("/api/v1/bots/" + id + "/start").then().statusCode(200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(one(id).getList("portfolio.recentTrades.at"))
                        .as("the same trades of the tape again")
                        .containsAll(before.getList("portfolio.recentTrades.at")));
        as("operator").post("/api/v1/bots/" + id + "/stop").then().statusCode(200);
    }

    @Test
    @Tag("SF13")
    void aBrokenNewestFileIsPassedOverAndSaid() throws IOException {
        var id = tradedAndStopped();
        var listed = files(id);
        var present = listed.getLong("items[0].sequence");
        var broken = listed.getLong("items[1].sequence");
        var bytes = Files.readAllBytes(file(id, broken));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(id, broken), bytes);

        as("viewer")
                .get("/api/v1/bots/" + id + "/checkpoints")
                .then()
                .statusCode(200)
                .body("items[0].sequence", is((int) present))
                .body("items[0].defect", nullValue())
                .body("items[0].sha256", notNullValue())
                .body("items[1].defect", is("its checksum does not agree"));
        restore(id, "", "{\"sequence\": %d}".formatted(broken))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString("its checksum does not agree"));
        assertThat(one(id).getLong("sequence")).as("nothing happened").isEqualTo(present);

        restore(id, "", "{}")
                .then()
                .statusCode(200)
                .body("from", is((int) listed.getLong("items[2].sequence")))
                .body("passedOver[0]", containsString("checkpoint " + broken));
    }

    @Test
    void oneMarketGoesBackAndAWrongOneIsNamed() {
        var id = tradedAndStopped();
        var oldest = files(id).getLong("items[-1].sequence");

        restore(id, "", "{\"sequence\": %d, \"symbol\": \"DOGE/MOON\"}".formatted(oldest))
                .then()
                .statusCode(400)
                .body("violations[0].field", is("symbol"));
        restore(id, "", "{\"sequence\": %d, \"symbol\": \"BTC/USD\"}".formatted(oldest))
                .then()
                .statusCode(200)
                .body("symbol", is("BTC/USD"));
    }

    @Test
    void oneMarketOfATriangleDoesNotGoBackWithoutTheOthers() {
        var id = as("operator")
                .body("""
                        {"name": "goes around", "strategy": "triangular-arbitrage", "initialBalance": "10000",
                         "symbols": ["BTC/USD", "SIM/BTC", "SIM/USD"], "parameters": {"stake": 100}}
                        """)
                .post("/api/v1/bots")
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        var whole = "{\"state\": %s"
                .formatted(as("viewer").get("/api/v1/bots/" + id).asString());

        for (var query : List.of("", "?dryRun=true")) {
            restore(id, query, whole + ", \"symbol\": \"SIM/BTC\"}")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("violations[0].field", is("symbol"))
                    .body("violations[0].message", containsString("belong together"));
        }
        assertThat(one(id).getLong("sequence")).as("nothing happened").isEqualTo(1);
        restore(id, "", whole + "}").then().statusCode(200);
    }

    @Test
    void aRepeatedRequestGoesBackOnceAndAStateFromElsewhereFits() {
        var id = tradedAndStopped();
        var key = UUID.randomUUID().toString();
        var body = "{\"state\": %s}"
                .formatted(as("viewer").get("/api/v1/bots/" + id).asString());

        var first = as("admin").header("Idempotency-Key", key).body(body).post("/api/v1/bots/" + id + "/restore");
        var again = as("admin").header("Idempotency-Key", key).body(body).post("/api/v1/bots/" + id + "/restore");

        first.then().statusCode(200).body("differences.size()", is(0));
        again.then().statusCode(200).header("Everstate-Sequence", first.header("Everstate-Sequence"));
        assertThat(one(id).getString("sequence")).isEqualTo(first.header("Everstate-Sequence"));
    }

    @Test
    void onlyAnAdminRestoresAndOnlyAStoppedBot() {
        var id = create();
        as("operator").body("{}").post("/api/v1/bots/" + id + "/restore").then().statusCode(403);
        as("operator").post("/api/v1/bots/" + id + "/start").then().statusCode(200);

        restore(id, "", "{}").then().statusCode(409).body("detail", containsString("stop it first"));

        as("operator").post("/api/v1/bots/" + id + "/stop").then().statusCode(200);
        restore(id, "", "{\"sequenze\": 1}").then().statusCode(400);
        restore(id, "", "{\"sequence\": 999}").then().statusCode(404);
        as("admin").delete("/api/v1/bots/" + id).then().statusCode(200);
        restore(id, "", "{}").then().statusCode(404);
    }

    private String tradedAndStopped() {
        var id = create();
        as("operator").post("/api/v1/bots/" + id + "/start").then().statusCode(200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(one(id).getInt("portfolio.trades")).isGreaterThanOrEqualTo(5));
        as("operator").post("/api/v1/bots/" + id + "/stop").then().statusCode(200);
        await().untilAsserted(() ->
                assertThat(files(id).getString("items[0].sequence")).isEqualTo(one(id).getString("sequence")));
        return id;
    }

    private static String create() {
        return as("operator")
                .body(BODY)
                .post("/api/v1/bots")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response restore(String id, String query, String body) {
        return as("admin").body(body).post("/api/v1/bots/" + id + "/restore" + query);
    }

    private static JsonPath files(String id) {
        return as("viewer").get("/api/v1/bots/" + id + "/checkpoints").jsonPath();
    }

    private static JsonPath one(String id) {
        return as("viewer").get("/api/v1/bots/" + id).jsonPath();
    }

    private Path file(String id, long sequence) {
        return checkpoints.directory().resolve(id).resolve("%020d.checkpoint".formatted(sequence));
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }
}
