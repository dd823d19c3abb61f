package io.everstate.backup.retention;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.bucket.DeletionGuard;
import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.BackupEvents;
import io.everstate.backup.testing.RetentionSurroundings;
import io.everstate.backup.testing.StoredBackups;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clean-ups that came by themselves and were refused. Three must stay, where two may; times in the database are changed, and not waited for. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = RetentionSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = RetentionSurroundings.class,
        initArgs = @ResourceArg(name = "minimum", value = "3"),
        restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class RetentionRetryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String UNKNOWN =
            "backups/excluding/20261101T000000Z-full-019a0000-0000-7000-8000-000000000002/";

    @TestHTTPResource
    URI service;

    @Inject
    RetentionJob job;

    @Inject
    DeletionGuard guard;

    @Inject
    DataSource database;

    @BeforeEach
    void noneYet() throws SQLException {
        change("delete from retention_run");
    }

    private void change(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var prepared = connection.prepareStatement(statement)) {
            prepared.executeUpdate();
        }
    }

    private static String status(String workspace) {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/retention-runs")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.workspace == '%s' }.status".formatted(workspace));
    }

    private static void awaitStatus(String workspace, String wanted) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(workspace)).isEqualTo(wanted));
    }

    private void longAgo() throws SQLException {
        change("update retention_run set finished_at = now() - interval '6 minutes'");
    }

    /** As while a rebuild runs. */
    @Test
    void whatWasRefusedIsTriedAgainMinutesLaterAndNotNextWeek() throws SQLException {
        var bucket = new StoredBackups(ConfigProvider.getConfig().getValue("everstate.storage.bucket", String.class));
        bucket.write(UNKNOWN + "archive.tar.gz", "content".getBytes(UTF_8));
        bucket.write(UNKNOWN + "manifest.json", "{}".getBytes(UTF_8));
        guard.refresh();
        job.requestWhatIsDue();
        awaitStatus("excluding", "REFUSED");
        bucket.delete(UNKNOWN + "archive.tar.gz");
        bucket.delete(UNKNOWN + "manifest.json");
        guard.refresh();

        job.requestWhatIsDue();
        var soon = status("excluding");
        longAgo();
        job.requestWhatIsDue();

        assertThat(soon).as("seconds later").isEqualTo("REFUSED");
        awaitStatus("excluding", "COMPLETED");
    }

    @Test
    void aRefusalThatStaysIsToldOnce() throws SQLException {
        var client = new BackupClient(service);
        var taken = Stream.generate(() -> client.completed(client.take("CONFIG_ONLY")))
                .limit(4)
                .toList();
        try (var events = new BackupEvents(taken.get(1).id().toString(), Instant.now())) {
            job.requestWhatIsDue();
            awaitStatus("default", "REFUSED");
            for (var i = 0; i < 2; i++) {
                longAgo();
                job.requestWhatIsDue();
                awaitStatus("default", "REFUSED");
            }
            client.ended(Map.of("backupId", taken.get(1).id()));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events.types())
                            .as("what is told of it later comes behind all that was told before")
                            .contains("backup-restored"));
            assertThat(events.types()).containsOnlyOnce("retention-refused");
        }
    }
}
