package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole way on the real parts. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
class BackupAndRestoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        var root = ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class);
        workspace = ScratchWorkspace.in(Path.of(root));
    }

    @Test
    @Tag("BD7")
    @Tag("BD8")
    void completesAFullBackupAndShowsIt() {
        var backup = completed(take("FULL"));

        assertThat(backup.files()).isEqualTo(9);
        assertThat(backup.sha256()).hasSize(64);
        assertThat(backup.md5()).hasSize(32);
        assertThat(backup.objectName()).startsWith("backups/default/").endsWith("/archive.tar.gz");
        assertThat(backup.bytesDone()).isEqualTo(backup.bytesTotal());
    }

    @Test
    @Tag("BD9")
    void restoresWhatWasEmptiedAndDeleted() {
        var before = workspace.content();
        var backup = completed(take("FULL"));
        workspace.write("logs/bot_state.json", "");
        workspace.delete(".env");

        var restore = ended(restore(Map.of("backupId", backup.id())));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(before);
        assertThat(view(restore.safetyBackupId().toString()).description())
                .isEqualTo("Safety backup before restoring " + backup.id());
    }

    @Test
    void inspectsTheWorkspaceBesideTheNewestGoodCopies() {
        var backup = completed(take("FULL"));
        workspace.write("logs/bot_state.json", "");
        workspace.write("configs/alert_config.json", "{\"telegram\":");
        workspace.delete(".env");
        completed(take("FULL"));

        var inspection = as("viewer").get("/api/v1/workspaces/default/inspection").as(InspectionView.class);

        assertThat(inspection.newestBackup()).isEqualTo(backup.id());
        assertThat(inspection.files())
                .filteredOn(file -> !file.path().endsWith("bybit_x_config.json"))
                .allSatisfy(file -> assertThat(file.restorableFrom()).isEqualTo(backup.id()))
                .extracting(file -> file.condition().name())
                .containsExactly("EMPTY", "UNREADABLE", "MISSING");
    }

    private static String take(String kind) {
        return as("operator")
                .body(Map.of("workspace", "default", "kind", kind))
                .post("/api/v1/backups")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static String restore(Map<String, ?> request) {
        return as("operator")
                .body(request)
                .post("/api/v1/restores")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private static BackupView completed(String id) {
        var ended = await().atMost(PATIENCE)
                .until(() -> view(id), view -> List.of(
                                BackupView.Status.COMPLETED, BackupView.Status.FAILED, BackupView.Status.CORRUPTED)
                        .contains(view.status()));
        assertThat(ended.status()).as(ended.failure()).isEqualTo(BackupView.Status.COMPLETED);
        return ended;
    }

    private static BackupView view(String id) {
        return as("viewer").get("/api/v1/backups/" + id).as(BackupView.class);
    }

    private static RestoreView ended(String id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> as("viewer").get("/api/v1/restores/" + id).as(RestoreView.class),
                        view -> view.status() != RestoreView.Status.RUNNING);
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }
}
