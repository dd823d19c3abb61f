package io.everstate.backup.watch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.BackupEvents;
import io.everstate.backup.testing.WatchSurroundings;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A backup is too old after an hour; the catalogue's times are changed, not waited for. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = WatchSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = WatchSurroundings.class, restrictToAnnotatedClass = true)
@Tag("BD13")
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class ProtectionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    Protections protections;

    @Inject
    DataSource database;

    private static ValidatableResponse protection(String workspace) {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/workspaces/" + workspace + "/protection")
                .then();
    }

    @Test
    void tellsOnceThatABackupIsTooOldAndOnceThatOneIsRecentAgain() throws Exception {
        try (var events = new BackupEvents("excluding", Instant.now())) {
            var client = new BackupClient(service);
            var full = client.completed(client.take("excluding", "FULL")).id();
            protections.look("excluding");
            protection("excluding")
                    .statusCode(200)
                    .body("state", equalTo("OK"))
                    .body("tooOldAfterSeconds", equalTo(3600))
                    .body("full.backupId", equalTo(full.toString()))
                    .body("newest.kind", hasItem("FULL"))
                    .body("lastProven", nullValue());

            age(full, 61);
            lookFromManySides();
            protection("excluding").body("state", equalTo("OLD"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events.types()).containsExactly("backup-too-old"));

            age(full, 59);
            protections.look("excluding");
            protection("excluding").body("state", equalTo("OLD"));
            age(full, 50);
            lookFromManySides();
            protection("excluding").body("state", equalTo("OK"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(events.types()).containsExactly("backup-too-old", "backup-recent-again"));
        }
    }

    @Test
    void tellsThatThereHasBeenNoneForTooLong() throws Exception {
        try (var events = new BackupEvents("default", Instant.now())) {
            protections.look("default");
            protection("default").body("state", equalTo("NONE")).body("full", nullValue());

            change(
                    "update watched_state set since = now() - interval '61 minutes' where subject = 'protection:default'");
            protections.look("default");
            protections.look("default");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events.types()).containsExactly("backup-too-old"));
        }
    }

    @Test
    void showsWhatADrillRestoredLast() {
        var client = new BackupClient(service);
        var proven = client.completed(client.take("excluding", "CONFIG_ONLY"));
        client.completed(client.take("excluding", "CONFIG_ONLY"));
        given().auth()
                .oauth2(TestIdentity.shared().token("operator"))
                .contentType("application/json")
                .body(Map.of("at", Instant.now().toString(), "drillRun", "run 7", "compared", "all files"))
                .post("/api/v1/backups/" + proven.id() + "/proofs")
                .then()
                .statusCode(200);

        protection("excluding")
                .body("lastProven.backupId", equalTo(proven.id().toString()))
                .body("lastProven.drillRun", equalTo("run 7"));
        protection("nowhere").statusCode(404);
    }

    /** As several replicas do. */
    private void lookFromManySides() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var looks = Stream.<Callable<Object>>generate(() -> Executors.callable(() -> protections.look("excluding")))
                    .limit(4)
                    .toList();
            assertThat(threads.invokeAll(looks))
                    .allSatisfy(look -> assertThat(look.get()).isNull());
        }
    }

    private void age(UUID backup, int minutes) throws SQLException {
        change("update backup set requested_at = now() - interval '%d minutes' where id = '%s'"
                .formatted(minutes, backup));
    }

    private void change(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
