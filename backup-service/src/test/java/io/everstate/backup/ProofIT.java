package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.RetentionSurroundings;
import io.everstate.contracts.backup.BackupView;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** At most two backups stay here. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = RetentionSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = RetentionSurroundings.class, restrictToAnnotatedClass = true)
@Tag("SF12")
class ProofIT {
    @TestHTTPResource
    URI service;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }

    private static ValidatableResponse prove(UUID backup, Instant at, String run) {
        return as("operator")
                .body(Map.of("at", at.toString(), "drillRun", run, "compared", "12 files with the manifest"))
                .post("/api/v1/backups/" + backup + "/proofs")
                .then();
    }

    @Test
    void neverGivesUpTheNewestThatADrillRestored() {
        var client = new BackupClient(service);
        var taken = Stream.generate(() -> client.completed(client.take("CONFIG_ONLY")))
                .limit(5)
                .toList();
        prove(taken.get(0).id(), Instant.now(), "the first").statusCode(200);
        prove(taken.get(1).id(), Instant.now(), "the second").statusCode(200);

        var run = as("admin")
                .body("{\"workspace\":\"default\"}")
                .post("/api/v1/retention-runs")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> as("viewer").get(run).then().body("status", equalTo("COMPLETED")));
        as("viewer").get(run).then().body("deleted", equalTo(2));
        assertThat(client.backup(taken.get(1).id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(client.backup(taken.get(0).id()).status())
                .isIn(BackupView.Status.EXPIRED, BackupView.Status.DELETED);
        as("viewer")
                .get("/api/v1/retention-plans/default")
                .then()
                .body(
                        "decisions.find { it.backupId == '" + taken.get(1).id() + "' }.why",
                        equalTo("it is the newest that a drill restored"));
    }

    @Test
    void showsTheNewestProofInWhateverOrderTheyCome() {
        var client = new BackupClient(service);
        var backup = client.completed(client.take("excluding", "CONFIG_ONLY"));
        var newest = Instant.now().truncatedTo(ChronoUnit.MICROS);
        prove(backup.id(), newest, "the newest").statusCode(200);

        prove(backup.id(), backup.requestedAt(), "an older one").statusCode(200).body("status", equalTo("COMPLETED"));

        var proof = client.backup(backup.id()).proof();
        assertThat(proof).isEqualTo(new BackupView.Proof(newest, "the newest", "12 files with the manifest"));
    }

    @Test
    void refusesAProofThatCannotBe() {
        var client = new BackupClient(service);
        var backup = client.completed(client.take("excluding", "CONFIG_ONLY"));
        var now = Instant.now();

        prove(UUID.randomUUID(), now, "a run").statusCode(404);
        prove(backup.id(), now.plus(Duration.ofHours(1)), "a run").statusCode(400);
        prove(backup.id(), backup.requestedAt().minusSeconds(1), "a run").statusCode(400);
        prove(backup.id(), now, " ").statusCode(400);
        as("viewer")
                .body("{}")
                .post("/api/v1/backups/" + backup.id() + "/proofs")
                .then()
                .statusCode(403);
        as("operator")
                .body("{}")
                .post("/api/v1/backups/" + backup.id() + "/proofs")
                .then()
                .statusCode(400);
        assertThat(client.backup(backup.id()).proof()).isNull();
    }
}
