package io.everstate.recovery.run;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.recovery.Database;
import io.everstate.recovery.QuietProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(QuietProfile.class)
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "recovery"))
class RestIT {
    private static final String PROBLEM = "application/problem+json";

    @SuppressWarnings("NullAway.Init") // set by Quarkus
    @TestHTTPResource(value = "openapi", management = true)
    String openApi;

    @Inject
    RunStore store;

    @Inject
    Database database;

    @BeforeEach
    void empty() {
        database.empty();
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role));
    }

    private Run.Running open(String subject, Instant at) {
        var run = RunStoreContract.run(DisasterType.CONFIG_LOSS, subject, at);
        store.open(run, Announcements.opened(run.disaster(), at), at);
        return run;
    }

    @Test
    void showsADisasterItsRunAndItsAlert() {
        var run = open("default", Instant.parse("2026-11-21T10:00:00Z"));

        as("viewer")
                .get("/api/v1/disasters")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].runId", equalTo(run.id().toString()))
                .body("items[0].severity", equalTo(5))
                .body("items[0].evidence", hasSize(2))
                .body("next", nullValue());
        as("viewer")
                .get("/api/v1/runs/" + run.id())
                .then()
                .statusCode(200)
                .body("status", equalTo("RUNNING"))
                .body("estimatedMinutes", equalTo(10))
                .body("steps[0].status", equalTo("PENDING"));
        as("viewer")
                .get("/api/v1/alerts")
                .then()
                .statusCode(200)
                .body("items[0].kind", equalTo("disaster-detected"))
                .body("items[0].severity", equalTo("critical"))
                .body("items[0].delivery", equalTo("WAITING"));
    }

    @Test
    void givesRunsPageByPage() {
        var older = open("a", Instant.parse("2026-11-21T10:00:00Z"));
        var newer = open("b", Instant.parse("2026-11-21T10:00:01Z"));

        as("viewer")
                .get("/api/v1/runs?limit=1")
                .then()
                .body("items[0].id", equalTo(newer.id().toString()))
                .body("next", equalTo(newer.id().toString()));
        as("viewer")
                .get("/api/v1/runs?limit=1&after=" + newer.id())
                .then()
                .body("items[0].id", equalTo(older.id().toString()))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/disasters", "/api/v1/runs", "/api/v1/alerts"})
    void refusesWhoHasNoValidToken(String path) {
        for (var token : new String[] {
            "nonsense",
            TestIdentity.shared().expiredToken("viewer"),
            TestIdentity.shared().foreignToken("viewer")
        }) {
            given().auth().oauth2(token).get(path).then().statusCode(401).contentType(PROBLEM);
        }
        given().get(path)
                .then()
                .statusCode(401)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:everstate:problem:unauthenticated"));
    }

    @Test
    void letsOnlyAnOperatorAskForACheck() {
        as("viewer")
                .post("/api/v1/disaster-checks")
                .then()
                .statusCode(403)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:everstate:problem:forbidden"));
        as("operator").post("/api/v1/disaster-checks").then().statusCode(200).body("disasters", hasSize(0));
    }

    @Test
    void letsABotReadNothing() {
        given().auth()
                .oauth2(TestIdentity.shared().tokenFor("bot", "bot"))
                .get("/api/v1/runs")
                .then()
                .statusCode(403);
    }

    @Test
    void namesTheFieldOfABadRequest() {
        as("viewer")
                .get("/api/v1/runs?limit=0")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("violations[0].field", equalTo("limit"));
        as("viewer")
                .get("/api/v1/alerts?after=nonsense")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("violations[0].field", equalTo("after"));
        as("viewer")
                .get("/api/v1/runs?limit=many")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("limit"));
    }

    @Test
    void saysThatThereIsNoSuchRun() {
        as("viewer")
                .get("/api/v1/runs/" + new UUID(1, 2))
                .then()
                .statusCode(404)
                .contentType(PROBLEM);
        as("viewer").get("/api/v1/runs/nonsense").then().statusCode(404).contentType(PROBLEM);
        as("viewer").get("/api/v1/nothing").then().statusCode(404).contentType(PROBLEM);
        as("viewer").delete("/api/v1/runs").then().statusCode(405).contentType(PROBLEM);
    }

    @Test
    void describesItsEndpointsWithExamples() {
        given().get(openApi + "?format=json")
                .then()
                .statusCode(200)
                .body(
                        "paths.'/api/v1/disaster-checks'.post.responses.'200'.content.'application/json'.examples.well.value.checked",
                        hasSize(3))
                .body(
                        "paths.'/api/v1/runs/{id}'.get.responses.'200'.content.'application/json'.examples.'under way'.value.type",
                        equalTo("CONFIG_LOSS"));
    }

    @Test
    void answersThatTheDatabaseIsAwayAndComesBackByItself() {
        TestPlatform.shared().pause(Part.POSTGRES);
        try {
            as("viewer")
                    .get("/api/v1/runs")
                    .then()
                    .statusCode(503)
                    .contentType(PROBLEM)
                    .body("retryable", equalTo(true))
                    .body("detail", containsString("database"));
        } finally {
            TestPlatform.shared().resume(Part.POSTGRES);
        }
        Awaitility.await()
                .untilAsserted(() -> as("viewer").get("/api/v1/runs").then().statusCode(200));
    }
}
