package io.everstate.backup.watch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.BackupEvents;
import io.everstate.backup.testing.WatchSurroundings;
import io.everstate.contracts.backup.BackupView;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** There is room for 100 MiB; the catalogue's sizes and times are changed, not waited for. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = WatchSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = WatchSurroundings.class, restrictToAnnotatedClass = true)
@Tag("BD12")
@Tag("BD13")
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class StorageIT {
    private static final long CAPACITY = 100 << 20;

    @TestHTTPResource
    URI service;

    @Inject
    StorageWatch watch;

    @Inject
    StorageJob job;

    @Inject
    MeterRegistry metrics;

    @Inject
    DataSource database;

    private static ValidatableResponse storage() {
        return given().auth()
                .oauth2(TestIdentity.shared().token("viewer"))
                .get("/api/v1/storage")
                .then()
                .statusCode(200);
    }

    @Test
    void tellsOfEachThresholdOnceAndHowFastItFills() throws Exception {
        try (var events = new BackupEvents("storage", Instant.now())) {
            var client = new BackupClient(service);
            var full = client.completed(client.take("FULL"));
            storage()
                    .body("capacityBytes", equalTo((int) CAPACITY))
                    .body("percent", equalTo(0))
                    .body("threshold", nullValue())
                    .body("growthBytesPerDay", nullValue())
                    .body("daysUntilFull", nullValue())
                    .body("usedBytes", equalTo(Math.toIntExact(bytes(full))))
                    .body("ended.completed", equalTo(List.of(1, 1)));

            for (var percent : new int[] {81, 91, 86, 84, 1}) {
                fill(full.id(), percent);
                lookFromManySides();
            }

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(events.types())
                            .containsExactly("storage-filling", "storage-filling", "storage-eased", "storage-eased"));
            fill(full.id(), 20);
            change("update backup set requested_at = now() - interval '48 hours' where id = '%s'".formatted(full.id()));
            var second = client.completed(client.take("CONFIG_ONLY"));
            fill(second.id(), 40);

            var view = storage().body("percent", equalTo(60)).extract().jsonPath();

            assertThat(view.getDouble("growthBytesPerDay")).isCloseTo(0.2 * CAPACITY, within(0.01 * CAPACITY));
            assertThat(view.getDouble("daysUntilFull")).isCloseTo(2, within(0.1));
            forgetWhatAnotherApplicationMeasured();
            job.look();
            assertThat(metrics.get("everstate.storage.used")
                            .tag("kind", "full")
                            .tag("workspace", "default")
                            .gauge()
                            .value())
                    .isEqualTo(CAPACITY * 20 / 100.0);
            assertThat(metrics.get("everstate.storage.days.until.full").gauge().value())
                    .isCloseTo(2, within(0.1));
            assertThat(metrics.get("everstate.backups.ended")
                            .tag("days", "7")
                            .tag("outcome", "completed")
                            .gauge()
                            .value())
                    .isEqualTo(2);
        }
    }

    /** The registry is one for all applications that a test run starts, and a gauge is registered once. */
    private void forgetWhatAnotherApplicationMeasured() {
        Stream.of("everstate.storage.used", "everstate.storage.days.until.full", "everstate.backups.ended")
                .flatMap(name -> metrics.find(name).gauges().stream())
                .forEach(metrics::remove);
    }

    /** As several replicas do. */
    private void lookFromManySides() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var looks = Stream.<Callable<Object>>generate(() -> Executors.callable(watch::look))
                    .limit(4)
                    .toList();
            assertThat(threads.invokeAll(looks))
                    .allSatisfy(look -> assertThat(look.get()).isNull());
        }
    }

    private static long bytes(BackupView backup) {
        return Objects.requireNonNull(backup.archiveBytes());
    }

    private void fill(UUID backup, int percent) throws SQLException {
        change("update backup set archive_bytes = %d where id = '%s'".formatted(CAPACITY * percent / 100, backup));
    }

    private void change(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
