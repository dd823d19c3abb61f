package io.everstate.bot.critical;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.bot.replica.PeerGateway;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bots on a real log are changed only after a backup. */
@QuarkusTest
@TestProfile(CriticalProfile.class)
@QuarkusTestResource(PlatformResource.class)
@Tag("SF12")
class CriticalChangesIT {
    private static final String BODY = """
            {"name": "%s", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "10000",
             "parameters": {"fast": 3, "slow": 8}}""";
    private static final String IMPORT = """
            {"kind": "EXTERNAL", "source": "a file", "configuration":
               {"name": "from there", "strategy": "other", "symbols": [], "initialBalance": "0", "feeRate": "0", "parameters": {},
                "restartPolicy": "MANUAL", "labels": {}},
             "lifecycle": {"status": "STOPPED", "createdAt": "2025-01-20T10:00:00Z", "restarts": 7, "runningTime": "PT1H"},
             "symbols": {}}""";
    private static final String BACKUP = new UUID(0, 7).toString();

    private static RequestSpecification admin() {
        return given().auth()
                .oauth2(TestIdentity.shared().token("admin"))
                .contentType(ContentType.JSON)
                .accept("application/json, application/problem+json");
    }

    private static void tell(String what) {
        given().put(ConfigProvider.getConfig().getValue(CriticalProfile.SERVICE, String.class) + "/" + what)
                .then()
                .statusCode(204);
    }

    @BeforeEach
    void awaitOwner() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> admin().get("/api/v1/bots").then().statusCode(200));
    }

    @AfterEach
    void comeBack() {
        tell("back");
    }

    @Test
    void eachCriticalChangeNamesTheBackupBeforeIt() {
        var created = admin().body(BODY.formatted("first")).post("/api/v1/bots");
        created.then().statusCode(201).header(CriticalChanges.BACKUP, nullValue());
        var bot = "/api/v1/bots/" + created.jsonPath().getString("id");
        var read = admin().get(bot + "/configuration");

        admin().header("If-Match", read.header("ETag"))
                .body(BODY.formatted("second"))
                .put(bot + "/configuration")
                .then()
                .statusCode(200)
                .header(CriticalChanges.BACKUP, equalTo(BACKUP));
        admin().header("Idempotency-Key", UUID.randomUUID().toString())
                .body(IMPORT)
                .post("/api/v1/imported-bots")
                .then()
                .statusCode(201)
                .header(CriticalChanges.BACKUP, equalTo(BACKUP));
        admin().body("{\"sequence\": 1}")
                .queryParam("dryRun", true)
                .post(bot + "/restore")
                .then()
                .header(CriticalChanges.BACKUP, nullValue());
        admin().delete(bot).then().statusCode(200).header(CriticalChanges.BACKUP, equalTo(BACKUP));
    }

    /** What a bot does once it runs is taken back by nobody. */
    @Test
    void aStartNamesTheBackupBeforeItAndAStopNone() {
        var created = admin().body(BODY.formatted("seventh")).post("/api/v1/bots");
        var bot = "/api/v1/bots/" + created.jsonPath().getString("id");
        var all = "{\"action\": \"%s\", \"selector\": \"name=seventh\"}";

        admin().post(bot + "/start").then().statusCode(200).header(CriticalChanges.BACKUP, equalTo(BACKUP));
        admin().post(bot + "/stop").then().statusCode(200).header(CriticalChanges.BACKUP, nullValue());
        admin().body(all.formatted("START"))
                .post("/api/v1/bots/actions")
                .then()
                .statusCode(200)
                .body("done", equalTo(1))
                .header(CriticalChanges.BACKUP, equalTo(BACKUP));
        admin().body(all.formatted("STOP"))
                .post("/api/v1/bots/actions")
                .then()
                .statusCode(200)
                .body("done", equalTo(1))
                .header(CriticalChanges.BACKUP, nullValue());
        tell("away");
        admin().post(bot + "/start").then().statusCode(503);
        admin().body(all.formatted("START")).post("/api/v1/bots/actions").then().statusCode(503);
        admin().get(bot).then().body("lifecycle.status", equalTo("STOPPED"));
    }

    @Test
    void anotherServiceHasABackupBeforeAChangeThatItLeads() {
        var change = "{\"change\": \"all bots are restored\", \"by\": \"%s\"}";

        admin().body(change.formatted("ann"))
                .post("/api/v1/critical-changes")
                .then()
                .statusCode(204)
                .header(CriticalChanges.BACKUP, equalTo(BACKUP));
        tell("away");
        admin().body(change.formatted("ann"))
                .post("/api/v1/critical-changes")
                .then()
                .statusCode(503)
                .body("detail", containsString("before all bots are restored, and one is required"));
        admin().body(change.formatted("recovery-service"))
                .post("/api/v1/critical-changes")
                .then()
                .statusCode(204)
                .header(CriticalChanges.BACKUP, nullValue());
        admin().body("{}").post("/api/v1/critical-changes").then().statusCode(400);
    }

    @Test
    void nothingIsChangedWithoutOne() {
        var created = admin().body(BODY.formatted("third")).post("/api/v1/bots");
        var bot = "/api/v1/bots/" + created.jsonPath().getString("id");
        var read = admin().get(bot + "/configuration");
        tell("away");

        admin().delete(bot)
                .then()
                .statusCode(503)
                .body("detail", containsString("one is required: the storage does not answer"));
        admin().header("If-Match", read.header("ETag"))
                .body(BODY.formatted("fourth"))
                .put(bot + "/configuration")
                .then()
                .statusCode(503);
        admin().body("{\"sequence\": 1}").post(bot + "/restore").then().statusCode(503);
        admin().header("Idempotency-Key", UUID.randomUUID().toString())
                .body(IMPORT)
                .post("/api/v1/imported-bots")
                .then()
                .statusCode(503);

        admin().get(bot)
                .then()
                .statusCode(200)
                .body("configuration.name", equalTo("third"))
                .body("sequence", equalTo(1));
    }

    /** Neither the header alone nor the token of somebody else who may do everything; that of the service does. */
    @Test
    void onlyAReplicaPassesAChangeOnWithoutABackup() throws IOException {
        var created = admin().body(BODY.formatted("sixth")).post("/api/v1/bots");
        var bot = "/api/v1/bots/" + created.jsonPath().getString("id");
        var foreign = TestIdentity.shared().foreignToken("service");
        var service = Files.readString(TestIdentity.shared().serviceTokenFile()).strip();
        tell("away");

        for (var hop : List.of("1", "Bearer " + TestIdentity.shared().token("admin"), "Bearer " + foreign)) {
            admin().header(PeerGateway.HOP, hop).delete(bot).then().statusCode(503);
        }
        admin().header(PeerGateway.HOP, "Bearer " + service).delete(bot).then().statusCode(200);
    }

    /** Each backup takes longer than a change waits. With another one for each try none would ever count. */
    @Test
    void aChangeThatIsTriedAgainHasTheBackupThatOutlastedTheDeadline() {
        var created = admin().body(BODY.formatted("fifth")).post("/api/v1/bots");
        var bot = "/api/v1/bots/" + created.jsonPath().getString("id");
        hearOfTheBackupOfAnotherTest();
        tell("slow");

        admin().delete(bot).then().statusCode(503).body("detail", containsString("and goes on"));
        admin().delete(bot).then().statusCode(200).header(CriticalChanges.BACKUP, equalTo(BACKUP));
    }

    private static void hearOfTheBackupOfAnotherTest() {
        admin().delete("/api/v1/bots/" + UUID.randomUUID()).then().header(CriticalChanges.BACKUP, nullValue());
    }
}
