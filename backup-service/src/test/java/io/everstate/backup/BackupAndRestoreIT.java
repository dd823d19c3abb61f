package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestPlatform;
import io.minio.DownloadObjectArgs;
import io.minio.MinioClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    @TestHTTPResource
    URI service;

    @TempDir
    Path directory;

    private BackupClient client;
    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
    }

    @Test
    @Tag("BD7")
    @Tag("BD8")
    @Tag("BD1")
    @Tag("BD16")
    @Tag("PT16")
    void completesAFullBackupAndShowsIt() {
        var backup = client.completed(client.take("FULL"));

        assertThat(backup.files()).isEqualTo(9);
        assertThat(backup.sha256()).hasSize(64);
        assertThat(backup.md5()).hasSize(32);
        assertThat(backup.objectName()).startsWith("backups/default/").endsWith("/archive.tar.gz");
        assertThat(backup.bytesDone()).isPositive();
        assertThat(backup.bytesTotal()).isEqualTo(backup.bytesDone());
    }

    /** The four commands of the README, but for the S3 client, of which every machine has another. */
    @Test
    @Tag("BD7")
    @Tag("BD8")
    void standardToolsUnpackAndCheckWhatIsStored() throws Exception {
        workspace.write("logs/odd name \\ with\nnewline é.log", "odd\n");
        var backup = client.completed(client.take("FULL"));
        var archive = directory.resolve("archive.tar.gz");
        download(backup.objectName(), archive);

        run(directory, "tar", "-xzf", "archive.tar.gz");
        var sums = run(directory, "sha256sum", "--check", "--strict", "SHA256SUMS");
        var sum = run(directory, "sha256sum", "archive.tar.gz");
        var md5 = run(directory, "md5sum", "archive.tar.gz");
        workspace.delete("logs/odd name \\ with\nnewline é.log");

        assertThat(sum).startsWith(String.valueOf(backup.sha256()));
        assertThat(md5).startsWith(String.valueOf(backup.md5()));
        assertThat(sums.lines().filter(line -> line.endsWith(": OK"))).hasSize(10);
        assertThat(Files.readString(directory.resolve("backup_metadata.json")))
                .contains(backup.id().toString(), "\"kind\":\"FULL\"", "\"files\":10", "Manual backup");
        assertThat(directory.resolve("workspace/.env")).hasSameTextualContentAs(workspace.path(".env"));
    }

    @Test
    void zstdUnpacksTheBotsState() throws Exception {
        assumeThat(Path.of("/usr/bin/zstd")).as("zstd on this machine").exists();
        var backup = client.completed(client.take("STATE_ONLY"));
        download(backup.objectName(), directory.resolve("archive.tar.gz"));

        run(directory, "tar", "-xzf", "archive.tar.gz");
        var state = run(directory, "zstd", "--decompress", "--stdout", "everstate/state.ndjson.zst");

        assertThat(state).isEqualTo("{\"id\":\"first\"}\n{\"id\":\"second\"}\n");
    }

    @Test
    @Tag("BD2")
    void stateOnlyHoldsTheStateFileAndTheBots() throws Exception {
        var backup = client.completed(client.take("STATE_ONLY"));

        assertThat(names(backup.objectName()))
                .containsExactly(
                        "backup_metadata.json",
                        "workspace/logs/bot_state.json",
                        "everstate/snapshot.json",
                        "everstate/state.ndjson.zst",
                        "SHA256SUMS",
                        "manifest.json");
    }

    @Test
    @Tag("BD3")
    void configOnlyHoldsTheEnvironmentAndTheConfigurations() throws Exception {
        var backup = client.completed(client.take("CONFIG_ONLY"));

        assertThat(names(backup.objectName()))
                .containsExactly(
                        "backup_metadata.json",
                        "workspace/.env",
                        "workspace/configs/",
                        "workspace/configs/alert_config.json",
                        "workspace/configs/bybit_x_config.json",
                        "SHA256SUMS",
                        "manifest.json");
    }

    @Test
    @Tag("BD4")
    void logsOnlyHoldsTheLogs() throws Exception {
        workspace.write("logs/backtest.log", "bought\n");

        var backup = client.completed(client.take("LOGS_ONLY"));

        assertThat(names(backup.objectName()))
                .containsExactly(
                        "backup_metadata.json",
                        "workspace/logs/backtest.log",
                        "workspace/logs/trading.log",
                        "SHA256SUMS",
                        "manifest.json");
    }

    @Test
    @Tag("BD9")
    @Tag("SF11")
    @Tag("BD16")
    void restoresWhatWasEmptiedAndDeletedAndLeavesWhatIsNew() {
        var before = workspace.content();
        var backup = client.completed(client.take("FULL"));
        workspace.write("logs/bot_state.json", "");
        workspace.delete(".env");
        workspace.write("notes.txt", "made after the backup");

        var restore = client.restoreEnded(client.restore(backup.id(), null));
        var notes = workspace.read("notes.txt");
        workspace.delete("notes.txt");

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(notes).isEqualTo("made after the backup");
        assertThat(workspace.content()).isEqualTo(before);
    }

    @Test
    @Tag("BD9")
    void theSafetyBackupBringsBackWhatWasThereBeforeTheRestore() {
        var backup = client.completed(client.take("FULL"));
        workspace.write("logs/bot_state.json", "{\"newer\":true}");
        var changed = workspace.content();

        var restore = client.restoreEnded(client.restore(backup.id(), null));
        var safety = client.completed(restore.safetyBackupId());
        var back = client.restoreEnded(client.restore(safety.id(), null));

        assertThat(safety.description()).isEqualTo("Safety backup before restoring " + backup.id());
        assertThat(back.status()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(changed);
    }

    @Test
    void restoresOnlyThePathsThatAreNamed() {
        var backup = client.completed(client.take("FULL"));
        workspace.write("logs/bot_state.json", "");
        workspace.write("configs/alert_config.json", "");

        var restore = client.restoreEnded(client.restore(backup.id(), List.of("configs/")));

        assertThat(restore.files()).containsExactly("configs/alert_config.json", "configs/bybit_x_config.json");
        assertThat(workspace.read("configs/alert_config.json")).isEqualTo("{\"telegram\":false}");
        assertThat(workspace.read("logs/bot_state.json")).isEmpty();
    }

    @Test
    void aPathThatTheBackupDoesNotHoldChangesNothing() {
        var backup = client.completed(client.take("CONFIG_ONLY"));
        workspace.write(".env", "");

        var restore = client.restoreEnded(client.restore(backup.id(), List.of(".env", "logs/bot_state.json")));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(restore.failure()).isEqualTo("the backup does not hold logs/bot_state.json");
        assertThat(workspace.read(".env")).isEmpty();
    }

    /** The very trap: a backup of the broken workspace is newer, and complete, and useless. */
    @Test
    @Tag("BD10")
    @Tag("BD16")
    @Tag("BD18")
    void inspectsTheWorkspaceBesideTheNewestGoodCopies() {
        var good = client.completed(client.take("FULL"));
        workspace.write("logs/bot_state.json", "");
        workspace.write("configs/alert_config.json", "{\"telegram\":");
        workspace.delete(".env");
        var broken = client.completed(client.take("FULL"));

        var inspection = client.inspection();

        assertThat(inspection.newestBackup()).isEqualTo(good.id());
        assertThat(inspection.files())
                .extracting(
                        InspectionView.FileFinding::path,
                        file -> file.condition().name())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("logs/bot_state.json", "EMPTY"),
                        org.assertj.core.groups.Tuple.tuple("configs/alert_config.json", "UNREADABLE"),
                        org.assertj.core.groups.Tuple.tuple("configs/bybit_x_config.json", "OK"),
                        org.assertj.core.groups.Tuple.tuple(".env", "MISSING"));
        assertThat(inspection.files())
                .extracting(InspectionView.FileFinding::restorableFrom)
                .containsExactly(good.id(), good.id(), broken.id(), good.id());
        assertThat(inspection.files())
                .extracting(InspectionView.FileFinding::restoreNeeds)
                .containsOnlyNulls();
    }

    /** What a restore must survive is that the workspace is broken: also when the state of the bots cannot be had. */
    @Test
    @Tag("BD9")
    void theSafetyBackupDoesWithoutWhatCannotBeHad() throws Exception {
        var backup = client.completed(client.take("FULL"));
        workspace.delete("logs/bot_state.json");
        stateService("away");
        try {
            assertThat(client.ended(client.take("STATE_ONLY")).failure()).contains("state-service");

            var restore = client.restoreEnded(client.restore(backup.id(), null));

            assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
            assertThat(workspace.path("logs/bot_state.json")).exists();
        } finally {
            stateService("back");
        }
    }

    private static void stateService(String where) throws Exception {
        var url = ConfigProvider.getConfig().getValue("everstate.peers.state-service", URI.class);
        io.restassured.RestAssured.given().put(url.resolve("/" + where)).then().statusCode(204);
    }

    private List<String> names(String objectName) throws Exception {
        var archive = directory.resolve("archive.tar.gz");
        download(objectName, archive);
        return run(directory, "tar", "-tzf", "archive.tar.gz").lines().toList();
    }

    private static void download(String objectName, Path target) throws Exception {
        var access = TestPlatform.shared().storage();
        var minio = MinioClient.builder()
                .endpoint(access.endpoint().toString())
                .region("us-east-1")
                .credentials(access.accessKey(), access.secretKey())
                .build();
        minio.downloadObject(DownloadObjectArgs.builder()
                .bucket("backups-it")
                .object(objectName)
                .filename(target.toString())
                .build());
    }

    private static String run(Path directory, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
