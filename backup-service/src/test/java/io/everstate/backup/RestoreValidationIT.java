package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.InspectionView.Condition;
import io.everstate.contracts.backup.RestoreReport.Finding;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A backup gives back what it took, also when that was broken: what a restore says of the files that it put in their places. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@Tag("BD9")
class RestoreValidationIT {
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
    void bringTheStateServiceBack() {
        stateService("back");
    }

    @Test
    void findsNothingInASoundWorkspace() {
        var backup = client.completed(client.take("FULL"));
        workspace.write(".env", "API_KEY=other\n");

        var restore = client.ended(Map.of("backupId", backup.id()));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(restore.report().validation().findings()).isEmpty();
        assertThat(restore.report().validation().looked()).isEqualTo(4);
    }

    @Test
    void isCompletedAndNamesWhatIsNotSound() {
        plantBrokenFiles();
        var backup = client.completed(client.take("FULL"));
        workspace.write("logs/bot_state.json", "{}");

        var restore = client.ended(Map.of("backupId", backup.id()));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(restore.report().validation().findings())
                .extracting(Finding::path, Finding::restored, Finding::condition)
                .containsExactlyInAnyOrder(
                        tuple("logs/bot_state.json", true, Condition.UNREADABLE),
                        tuple("trades.sqlite", true, Condition.UNREADABLE),
                        tuple(".env", false, Condition.MISSING));
        assertThat(workspace.read("logs/bot_state.json")).isEqualTo("{\"balance\":");
    }

    @Test
    void isRolledBackWhenThatIsWantedAndWhatItRestoredIsNotSound() {
        plantBrokenFiles();
        var backup = client.completed(client.take("FULL"));
        workspace.write("logs/bot_state.json", "{}");
        var before = workspace.content();

        var restore = client.ended(Map.of("backupId", backup.id(), "rollbackOnInvalid", true));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.ROLLED_BACK);
        assertThat(restore.failure())
                .contains("logs/bot_state.json", "trades.sqlite")
                .doesNotContain(".env");
        assertThat(workspace.content()).isEqualTo(before);
        assertThat(restore.freshBackup()).isNull();
    }

    /** What was broken before, and was not asked for, is no reason to undo. */
    @Test
    void isNotRolledBackForWhatItDidNotRestore() {
        var backup = client.completed(client.take("FULL"));
        workspace.delete(".env");
        workspace.write("logs/bot_state.json", "{}");

        var restore = client.ended(
                Map.of("backupId", backup.id(), "paths", List.of("logs/bot_state.json"), "rollbackOnInvalid", true));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(restore.report().validation().findings())
                .extracting(Finding::path, Finding::restored)
                .containsExactly(tuple(".env", false));
        assertThat(restore.freshBackup()).as("not all of it was restored").isNull();
    }

    @Test
    void isFollowedByAVerifiedFull() {
        var backup = client.completed(client.take("FULL"));

        var restore = client.ended(Map.of("backupId", backup.id()));

        assertThat(restore.freshBackup().status()).isEqualTo(BackupView.Status.COMPLETED);
        var fresh = client.backup(restore.freshBackup().id());
        assertThat(fresh.kind()).isEqualTo(BackupKind.FULL);
        assertThat(fresh.description()).isEqualTo("Backup after restore " + restore.id());
        assertThat(fresh.verifiedAt()).isAfter(restore.finishedAt());
    }

    @Test
    void staysCompletedWhenThatFullFailsAndSaysSo() {
        var backup = client.completed(client.take("FULL"));
        workspace.write(".env", "API_KEY=other\n");
        stateService("away");

        var restore = client.ended(Map.of("backupId", backup.id()));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(restore.freshBackup().status()).isEqualTo(BackupView.Status.FAILED);
        assertThat(restore.freshBackup().failure()).contains("state-service");
        assertThat(workspace.read(".env")).isEqualTo("API_KEY=abc\nMODE=paper\n");
    }

    /** A state file that was cut in the middle of a write, a database whose pages are no pages, and no .env at all. */
    private void plantBrokenFiles() {
        workspace.write("logs/bot_state.json", "{\"balance\":");
        workspace.write("trades.sqlite", "SQLite format 3\0 and then nothing");
        workspace.delete(".env");
    }

    private static void stateService(String where) {
        var url = ConfigProvider.getConfig().getValue("everstate.peers.state-service", URI.class);
        given().put(url.resolve("/" + where)).then().statusCode(204);
    }
}
