package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.backup.store.ArchiveStore;
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
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
@Tag("BD15")
class RetentionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TestHTTPResource
    URI service;

    @Inject
    ArchiveStore store;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }

    private List<BackupView> take(BackupClient client, String workspace, int count) {
        return Stream.generate(() -> client.completed(client.take(workspace, "CONFIG_ONLY")))
                .limit(count)
                .toList();
    }

    private static String run(String workspace) {
        return as("admin")
                .body("{\"workspace\":\"" + workspace + "\"}")
                .post("/api/v1/retention-runs")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    private static void ends(String run, String status, int deleted) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> as("viewer").get(run).then().statusCode(200).body("status", equalTo(status)));
        as("viewer").get(run).then().body("deleted", equalTo(deleted));
    }

    /** All but one of the older ones go, with all that is in the bucket of them; that one is pinned. */
    @Test
    void givesUpWhatThePlanSaysAndRemovesIt() {
        var client = new BackupClient(service);
        var taken = take(client, "default", 5);
        var pinned = taken.getFirst().id();
        as("operator")
                .body("{\"reason\":\"before the migration\"}")
                .put("/api/v1/backups/" + pinned + "/pin")
                .then()
                .statusCode(204);

        as("viewer")
                .get("/api/v1/retention-plans/default")
                .then()
                .statusCode(200)
                .body("decisions.deleted", equalTo(List.of(false, false, true, true, false)))
                .body("decisions[2].remains", equalTo(taken.getLast().id().toString()))
                .body("decisions[2].why", equalTo("there are 2 younger ones of its kind"))
                .body("decisions[4].why", equalTo("pinned: before the migration"))
                .body("good", equalTo(3));
        ends(run("default"), "COMPLETED", 2);

        for (var given : taken.subList(1, 3)) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(client.backup(given.id()).status()).isEqualTo(BackupView.Status.DELETED));
            assertThat(store.find(String.valueOf(given.objectName()))).isEmpty();
            assertThat(store.find(String.valueOf(given.objectName()).replace("archive.tar.gz", "manifest.json.gz")))
                    .isEmpty();
        }
        for (var kept : List.of(taken.get(0), taken.get(3), taken.get(4))) {
            assertThat(client.backup(kept.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
            assertThat(store.find(String.valueOf(kept.objectName()))).isPresent();
        }
        as("operator")
                .body("{\"backupId\":\"" + taken.get(1).id() + "\"}")
                .post("/api/v1/restores")
                .then()
                .statusCode(409);
        as("operator")
                .body("{\"reason\":\"too late\"}")
                .put("/api/v1/backups/" + taken.get(1).id() + "/pin")
                .then()
                .statusCode(409)
                .body("detail", containsString("DELETED"));
    }

    @Test
    void leavesToRetentionWhatIsUnpinned() {
        var client = new BackupClient(service);
        var taken = take(client, "excluding", 3);
        var oldest = "/api/v1/backups/" + taken.getFirst().id() + "/pin";
        as("operator").body("{\"reason\":\"wanted\"}").put(oldest).then().statusCode(204);
        ends(run("excluding"), "COMPLETED", 0);

        as("operator").delete(oldest).then().statusCode(204);

        ends(run("excluding"), "COMPLETED", 1);
    }

    /** One more than may stay of the kind, and the younger ones are built upon it. */
    @Test
    @Tag("BD5")
    void givesUpNothingThatAnIncrementalNeeds() {
        var client = new BackupClient(service);
        client.completed(client.take("excluding", "FULL"));
        var taken = Stream.generate(() -> client.completed(client.take("excluding", "INCREMENTAL")))
                .limit(3)
                .toList();

        ends(run("excluding"), "COMPLETED", 0);

        as("viewer")
                .get("/api/v1/retention-plans/excluding")
                .then()
                .body(
                        "decisions.find { it.backupId == '" + taken.getFirst().id() + "' }.why",
                        equalTo("the INCREMENTAL " + taken.get(1).id() + " needs it"));
        assertThat(client.backup(taken.getFirst().id()).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    /** The one in the middle, though policy would keep it, and not the youngest. */
    @Test
    @Tag("BD16")
    void givesUpOneThatSomebodyWantsGone() {
        var client = new BackupClient(service);
        var taken = Stream.generate(() -> client.completed(client.take("excluding", "STATE_ONLY")))
                .limit(3)
                .toList();
        var older = taken.getFirst();
        var younger = taken.getLast();

        as("viewer")
                .get("/api/v1/retention-plans/excluding?backupId=" + older.id())
                .then()
                .body(
                        "decisions.findAll { it.deleted }.backupId",
                        equalTo(List.of(older.id().toString())))
                .body(
                        "decisions.find { it.deleted }.remains",
                        equalTo(younger.id().toString()));
        ends(giveUp(younger.id()), "REFUSED", 0);
        ends(giveUp(older.id()), "COMPLETED", 1);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(client.backup(older.id()).status()).isEqualTo(BackupView.Status.DELETED));
        assertThat(store.find(String.valueOf(older.objectName()))).isEmpty();
        assertThat(client.backup(younger.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        as("viewer")
                .get(giveUp(older.id()))
                .then()
                .body("backupId", equalTo(older.id().toString()));
    }

    private static String giveUp(UUID backup) {
        return as("admin")
                .body("{\"workspace\":\"excluding\",\"backupId\":\"%s\",\"reason\":\"holds a key\"}".formatted(backup))
                .post("/api/v1/retention-runs")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    @Test
    void refusesWhatMakesNoSense() {
        as("operator")
                .body("{\"workspace\":\"default\"}")
                .post("/api/v1/retention-runs")
                .then()
                .statusCode(403);
        as("admin").body("{}").post("/api/v1/retention-runs").then().statusCode(400);
        as("admin")
                .body("{\"workspace\":\"nowhere\"}")
                .post("/api/v1/retention-runs")
                .then()
                .statusCode(404);
        as("admin")
                .body("{\"workspace\":\"default\",\"backupId\":\"%s\"}".formatted(UUID.randomUUID()))
                .post("/api/v1/retention-runs")
                .then()
                .statusCode(400)
                .body("detail", containsString("reason"));
        as("admin")
                .body("{\"workspace\":\"default\",\"backupId\":\"%s\",\"reason\":\"x\"}".formatted(UUID.randomUUID()))
                .post("/api/v1/retention-runs")
                .then()
                .statusCode(404);
        as("viewer").get("/api/v1/retention-plans/nowhere").then().statusCode(404);
        as("viewer").get("/api/v1/retention-runs/" + UUID.randomUUID()).then().statusCode(404);
        var nothing = "/api/v1/backups/" + UUID.randomUUID() + "/pin";
        as("operator").body("{\"reason\":\" \"}").put(nothing).then().statusCode(400);
        as("operator").body("{\"reason\":\"x\"}").put(nothing).then().statusCode(404);
    }
}
