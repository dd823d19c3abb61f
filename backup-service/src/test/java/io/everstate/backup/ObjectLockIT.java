package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.everstate.backup.seal.Seal.Act;
import io.everstate.backup.seal.Seals;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.store.ObjectLock;
import io.everstate.backup.store.ObjectLock.Mode;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.LockingSurroundings;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.VersionedBucket;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A bucket that refuses deletions is used, and what it refuses is said. */
@EnabledIf(value = "io.everstate.backup.testing.MinioServer#isInstalled", disabledReason = "no minio on the PATH")
@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = LockingSurroundings.class, restrictToAnnotatedClass = true)
class ObjectLockIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TestHTTPResource
    URI service;

    @Inject
    ArchiveStore store;

    @Inject
    Seals seals;

    private BackupClient client;
    private ScratchWorkspace workspace;
    private VersionedBucket bucket;

    @BeforeEach
    void connect() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.in(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
        bucket = new VersionedBucket(
                ConfigProvider.getConfig().getValue("everstate.storage.endpoint", URI.class),
                LockingSurroundings.BUCKET);
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }

    /** As the bucket has it: nothing is locked for a shorter time than it is. */
    private ObjectLock lockOf(BackupView backup) {
        return lock(String.valueOf(backup.objectName()));
    }

    private ObjectLock lock(String object) {
        return store.lock(object, new ObjectLock(Mode.COMPLIANCE, Instant.EPOCH));
    }

    private void awaitLocksOfAll() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var told = as("viewer").get("/api/v1/storage").jsonPath();
            assertThat(told.getLong("bucket.locked")).isEqualTo(told.getLong("bucket.completed"));
        });
    }

    @Test
    void whatIsCompletedIsLockedAndTheStatusSaysSo() {
        var backup = client.completed(client.take("CONFIG_ONLY"));

        awaitLocksOfAll();

        assertThat(lock(seals.of(backup.id(), Act.STORED).orElseThrow().object()))
                .as("its seal")
                .isEqualTo(lockOf(backup));
        as("viewer")
                .get("/api/v1/storage")
                .then()
                .body("bucket.versioning", equalTo("ON"))
                .body("bucket.objectLock", equalTo("ON"))
                .body("bucket.mode", equalTo("COMPLIANCE"))
                .body("bucket.days", equalTo(30))
                .body("bucket.unused", nullValue());
    }

    /** Without it a rebuild would take a backup that is put back for one that is there. */
    @Test
    void aSealThatSaysThatABackupWasRemovedIsLockedToo() {
        var backup = client.completed(client.take("CONFIG_ONLY"));

        QuarkusTransaction.requiringNew().run(() -> seals.removed("default", backup.id(), "not wanted"));

        var removed = seals.of(backup.id(), Act.REMOVED).orElseThrow();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ProblemException.class)
                .untilAsserted(() -> assertThat(lock(removed.object()).until())
                        .isAfter(removed.seal().at().plus(Duration.ofDays(29))));
    }

    @Test
    void aBaseIsLockedAsLongAsWhatIsBuiltUponIt() {
        var full = client.completed(client.take("FULL"));
        awaitLocksOfAll();
        var before = lockOf(full);
        workspace.write("logs/trading.log", "another line\n");
        var incremental = client.completed(client.take("INCREMENTAL"));
        assertThat(incremental.base()).isEqualTo(full.id());
        awaitLocksOfAll();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lockOf(full)).isEqualTo(lockOf(incremental)));

        assertThat(lockOf(full).until()).isAfter(before.until());
    }

    @Test
    void retentionWaitsForTheEndOfALockAndSaysUntilWhen() {
        var old = client.completed(client.take("CONFIG_ONLY"));
        client.completed(client.take("CONFIG_ONLY"));
        awaitLocksOfAll();
        var until = lockOf(old).until();

        as("viewer")
                .get("/api/v1/retention-plans/default")
                .then()
                .body(decision(old) + ".deleted", equalTo(false))
                .body(decision(old) + ".why", equalTo("the bucket keeps it locked until " + until));
        var run = as("admin")
                .body("{\"workspace\":\"default\",\"backupId\":\"%s\",\"reason\":\"not wanted\"}".formatted(old.id()))
                .post("/api/v1/retention-runs")
                .header("Location");
        await().atMost(PATIENCE)
                .untilAsserted(() -> as("viewer").get(run).then().body("status", equalTo("REFUSED")));

        as("viewer").get(run).then().body("refusal", startsWith("the bucket keeps it locked until "));
        assertThatThrownBy(() -> store.delete(String.valueOf(old.objectName())))
                .as("it would have been refused")
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(client.backup(old.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    private static String decision(BackupView backup) {
        return "decisions.find { it.backupId == '%s' }".formatted(backup.id());
    }

    @Test
    void whatSomebodyWroteOverAndDeletedIsRestoredAndReported() {
        var full = client.completed(client.take("FULL"));
        var name = String.valueOf(full.objectName());
        bucket.write(name, "somebody else's");
        bucket.delete(name);
        var manifest = name.replace("archive.tar.gz", "manifest.json.gz");
        bucket.write(manifest, "{}");
        workspace.write(".env", "LOST=yes\n");

        var restore = client.restoreEnded(client.restore(full.id(), null));

        assertThat(restore.status()).as(String.valueOf(restore.failure())).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.read(".env")).isEqualTo("API_KEY=abc\nMODE=paper\n");
        var report = as("operator").post("/api/v1/bucket-comparisons").header("Location");
        await().atMost(PATIENCE)
                .untilAsserted(() -> as("viewer").get(report).then().body("status", not(equalTo("RUNNING"))));
        as("viewer")
                .get(report)
                .then()
                .body(
                        "differences.findAll { it.kind == 'CHANGED' && it.backupId == '%s' }.object"
                                .formatted(full.id()),
                        hasItems(name));
    }
}
