package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.FaultySurroundings;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Result;
import io.everstate.contracts.backup.VerificationView.Status;
import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = FaultySurroundings.class, restrictToAnnotatedClass = true)
@Tag("BD7")
class VerificationIT {
    @TestHTTPResource
    URI service;

    private BackupClient client;
    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
    }

    @AfterEach
    void heal() {
        fault(Fault.NONE);
    }

    @Test
    void readsAllOfAWorkspaceAndMovesItsProofsOn() {
        var first = client.completed(client.take("excluding", "FULL"));
        var second = client.completed(client.take("excluding", "CONFIG_ONLY"));

        var ended = client.verificationEnded(client.verify("excluding"));

        assertThat(ended.status()).as(ended.failure()).isEqualTo(Status.COMPLETED);
        assertThat(ended.findings()).extracting(Finding::backupId).containsExactly(first.id(), second.id());
        assertThat(ended.findings()).extracting(Finding::result).containsOnly(Result.VERIFIED);
        assertThat(ended.archives()).isEqualTo(2);
        assertThat(ended.bytesDone()).isEqualTo(bytes(first) + bytes(second)).isEqualTo(ended.bytesTotal());
        assertThat(ended.percent()).isEqualTo(100);
        assertThat(client.backup(first.id()).verifiedAt()).isAfter(first.verifiedAt());
        assertThat(client.backup(second.id()).verifiedAt()).isAfter(second.verifiedAt());
    }

    /** And what is built upon it. */
    @Test
    void marksWhatIsDamagedCorrupted() {
        var full = client.completed(client.take("FULL"));
        workspace.write(".env", "changed=yes\n");
        var above = client.completed(client.take("INCREMENTAL"));
        assertThat(above.base()).isEqualTo(full.id());
        fault(Fault.READS_ARE_FLIPPED);

        var ended = client.verificationEnded(client.verify(full.id()));

        assertThat(ended.status()).isEqualTo(Status.COMPLETED);
        assertThat(ended.findings()).extracting(Finding::result).containsExactly(Result.CORRUPTED);
        assertThat(ended.findings().getFirst().what()).isNotBlank();
        assertThat(client.backup(full.id()).status()).isEqualTo(BackupView.Status.CORRUPTED);
        assertThat(client.backup(above.id()).status()).isEqualTo(BackupView.Status.CORRUPTED);
        as("operator")
                .body("{\"backupId\":\"" + full.id() + "\"}")
                .post("/api/v1/verifications")
                .then()
                .statusCode(422);
    }

    /** It fell on the way here: there is no way back from CORRUPTED. */
    @Test
    void readsAgainBeforeItCallsAnArchiveDamaged() {
        var backup = client.completed(client.take("CONFIG_ONLY"));
        fault(Fault.ONE_READ_IS_FLIPPED);

        var ended = client.verificationEnded(client.verify(backup.id()));

        assertThat(ended.findings()).extracting(Finding::result).containsExactly(Result.VERIFIED);
        assertThat(ended.bytesDone()).isEqualTo(bytes(backup));
        assertThat(client.backup(backup.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    @Test
    void takesAMissingArchiveForNoDamage() {
        var backup = client.completed(client.take("CONFIG_ONLY"));
        fault(Fault.READS_FIND_NOTHING);

        var ended = client.verificationEnded(client.verify(backup.id()));

        assertThat(ended.findings()).extracting(Finding::result).containsExactly(Result.MISSING);
        assertThat(ended.findings().getFirst().what()).contains("is not in the storage");
        var after = client.backup(backup.id());
        assertThat(after.status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(after.verifiedAt()).isEqualTo(backup.verifiedAt());
    }

    @Test
    void saysNothingAboutABackupWhileTheStorageDoesNotAnswer() {
        var backup = client.completed(client.take("CONFIG_ONLY"));
        fault(Fault.ERRORS);

        var ended = client.verificationEnded(client.verify(backup.id()));

        assertThat(ended.status()).isEqualTo(Status.FAILED);
        assertThat(ended.failure()).isNotBlank();
        assertThat(ended.findings()).isEmpty();
        assertThat(client.backup(backup.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    @Test
    void refusesWhatMakesNoSense() {
        var nobody = UUID.randomUUID();
        as("viewer")
                .body("{\"workspace\":\"default\"}")
                .post("/api/v1/verifications")
                .then()
                .statusCode(403);
        as("operator")
                .body("{}")
                .post("/api/v1/verifications")
                .then()
                .statusCode(400)
                .body("detail", containsString("workspace"));
        as("operator")
                .body("{\"workspace\":\"default\",\"backupId\":\"" + nobody + "\"}")
                .post("/api/v1/verifications")
                .then()
                .statusCode(400);
        as("operator")
                .body("{\"workspace\":\"nowhere\"}")
                .post("/api/v1/verifications")
                .then()
                .statusCode(404);
        as("operator")
                .body("{\"backupId\":\"" + nobody + "\"}")
                .post("/api/v1/verifications")
                .then()
                .statusCode(404);
        as("viewer").get("/api/v1/verifications/" + nobody).then().statusCode(404);
    }

    @Test
    void knowsTheSameRequestByItsKey() {
        var key = UUID.randomUUID().toString();
        var first = keyed(key, "{\"workspace\":\"default\"}")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("id");

        var again = keyed(key, "{\"workspace\":\"default\"}")
                .then()
                .statusCode(202)
                .extract()
                .<String>path("id");

        assertThat(again).isEqualTo(first);
        keyed(key, "{\"workspace\":\"excluding\"}").then().statusCode(409);
    }

    private static io.restassured.response.Response keyed(String key, String body) {
        return as("operator").header("Idempotency-Key", key).body(body).post("/api/v1/verifications");
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }

    private static long bytes(BackupView backup) {
        return backup.archiveBytes() == null ? 0 : backup.archiveBytes();
    }

    private static void fault(Fault fault) {
        FaultyStorage.tell(ConfigProvider.getConfig().getValue("everstate.storage.endpoint", URI.class), fault);
    }
}
