package io.everstate.backup.watch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.BackupEvents;
import io.everstate.backup.testing.EncryptingSurroundings;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.RecoveryKitKept;
import io.everstate.contracts.backup.RecoveryKitView;
import io.everstate.platform.launcher.ObjectStorage;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit of a service that encrypts; its scripts are run with the keys that people have, and with nothing of ours. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = EncryptingSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = EncryptingSurroundings.class,
        initArgs = @ResourceArg(name = "identity", value = "true"),
        restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class KitIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ANOTHER = "f".repeat(64);

    @TestHTTPResource
    URI service;

    @Inject
    KitWatch watch;

    @Inject
    DataSource database;

    @TempDir
    Path directory;

    private BackupClient client;
    private ScratchWorkspace workspace;

    private record Ended(int status, String output) {}

    @BeforeEach
    void freshWorkspace() throws SQLException {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
        change("delete from recovery_kit_backup");
        change("delete from recovery_kit");
        change("delete from watched_state where subject = 'recovery-kit'");
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType("application/json");
    }

    private static RecoveryKitView kit() {
        return as("operator")
                .get("/api/v1/recovery-kit")
                .then()
                .statusCode(200)
                .extract()
                .as(RecoveryKitView.class);
    }

    private static ValidatableResponse status() {
        return as("viewer").get("/api/v1/recovery-kit/status").then().statusCode(200);
    }

    private static ValidatableResponse keep(RecoveryKitKept kept) {
        return as("operator").body(kept).post("/api/v1/recovery-kit/kept").then();
    }

    private static RecoveryKitKept kept(RecoveryKitView kit) {
        return new RecoveryKitKept(kit.madeAt(), kit.backups(), kit.sha256(), "the safe");
    }

    private void change(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var prepared = connection.prepareStatement(statement)) {
            prepared.executeUpdate();
        }
    }

    private Path written(RecoveryKitView kit) throws IOException {
        var target = Files.createDirectory(directory.resolve("kit"));
        for (var file : kit.files()) {
            var path = Files.writeString(target.resolve(file.name()), file.content());
            if (file.executable()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return target;
    }

    private Ended run(Map<String, String> environment, Path where, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static Map<String, String> keys(ObjectStorage storage) {
        return Map.of(
                "S3_ACCESS_KEY", storage.accessKey(),
                "S3_SECRET_KEY", storage.secretKey(),
                "AGE_KEY_FILE", ConfigProvider.getConfig().getValue(EncryptingSurroundings.SECRET_KEY, String.class));
    }

    @Test
    void bringsAWorkspaceBackWithStandardToolsAndTheKeysAlone() throws Exception {
        assumeThat(Path.of("/usr/bin/age")).as("age on this machine").exists();
        client.completed(client.take("FULL"));
        workspace.write("logs/bot_state.json", "{\"balance\":\"9000.00000000\",\"trades\":[]}");
        workspace.write("configs/new.json", "{}");
        workspace.delete("scripts/start.sh");
        var incremental = client.completed(client.take("INCREMENTAL"));
        assertThat(incremental.kind()).isEqualTo(BackupKind.INCREMENTAL);

        var kit = kit();
        var place = written(kit);
        var storage = TestPlatform.shared().storage();
        assertThat(run(Map.of(), place, "sha256sum", "--check", "--strict", "SHA256SUMS")
                        .status())
                .isZero();
        var target = directory.resolve("restored");
        var ended = run(keys(storage), place, "./restore-default-newest.sh", target.toString());

        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("every file's sum agrees");
        assertThat(target.resolve("workspace/logs/bot_state.json"))
                .hasSameTextualContentAs(workspace.path("logs/bot_state.json"));
        assertThat(target.resolve("workspace/configs/new.json")).hasContent("{}");
        assertThat(target.resolve("workspace/.env")).hasSameTextualContentAs(workspace.path(".env"));
        assertThat(target.resolve("workspace/scripts/start.sh")).doesNotExist();
        assertThat(kit.backups()).contains(incremental.id());
        assertThat(run(keys(storage), place, "./restore-default-newest.sh", target.toString()))
                .as("a directory that something is in")
                .satisfies(again -> assertThat(again.status()).isEqualTo(1))
                .satisfies(again -> assertThat(again.output()).contains("is not empty"));
    }

    @Test
    void aScriptStopsAtAnArchiveThatIsNotTheOneThatWasWritten() throws Exception {
        client.completed(client.take("FULL"));
        var kit = kit();
        var place = written(kit);
        var script = place.resolve("restore-default-newest.sh");
        Files.writeString(script, Files.readString(script).replaceAll("[0-9a-f]{64}", ANOTHER));

        var target = directory.resolve("restored");
        var ended = run(keys(TestPlatform.shared().storage()), place, script.toString(), target.toString());

        assertThat(ended.status()).as(ended.output()).isNotZero();
        assertThat(ended.output()).contains("FAILED").contains("sha256sum");
        assertThat(target.resolve("workspace")).doesNotExist();
    }

    @Test
    void holdsNoKey() throws Exception {
        client.completed(client.take("FULL"));
        var storage = TestPlatform.shared().storage();
        var secret =
                Files.readString(Path.of(keys(storage).get("AGE_KEY_FILE"))).strip();

        var texts = kit().files().stream().map(RecoveryKitView.File::content).toList();

        assertThat(texts)
                .noneMatch(text -> text.contains(storage.secretKey()))
                .noneMatch(text -> text.contains(secret));
        assertThat(texts.getFirst())
                .contains(ConfigProvider.getConfig().getValue("everstate.archive.recipients", String.class));
        as("viewer").get("/api/v1/recovery-kit").then().statusCode(403);
    }

    /** None of them is waited for: the times in the database are changed. */
    @Test
    void tellsOnceThatNoneIsOfUseAndOnceThatOneIsAgain() throws Exception {
        try (var events = new BackupEvents("recovery-kit", Instant.now())) {
            client.completed(client.take("FULL"));
            client.completed(client.take("excluding", "FULL"));
            watch.look();
            status().body("state", equalTo("NONE")).body("kept", nullValue());
            change("update watched_state set since = now() - interval '31 days' where subject = 'recovery-kit'");
            watch.look();
            watch.look();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events.types()).containsExactly("recovery-kit-too-old"));

            var kit = kit();
            keep(kept(kit)).statusCode(200).body("state", equalTo("OK")).body("kept.place", equalTo("the safe"));
            watch.look();
            watch.look();
            change("update recovery_kit set made_at = now() - interval '31 days'");
            status().body("state", equalTo("OLD")).body("why", containsString("older than"));
            watch.look();
            watch.look();
            keep(kept(kit())).body("state", equalTo("OK"));
            watch.look();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(events.types())
                            .as("the last one comes behind all that was told before")
                            .containsExactly(
                                    "recovery-kit-too-old",
                                    "recovery-kit-recent-again",
                                    "recovery-kit-too-old",
                                    "recovery-kit-recent-again"));
        }
    }

    @Test
    void isOfNoUseOnceABackupThatItLeadsToIsNone() throws Exception {
        client.completed(client.take("excluding", "FULL"));
        var full = client.completed(client.take("FULL")).id();
        keep(kept(kit())).body("state", equalTo("OK"));

        change("update backup set status = 'CORRUPTED', failure = 'by this test' where id = '" + full + "'");

        status().body("state", equalTo("OLD")).body("why", containsString(full.toString()));
    }

    @Test
    void isOfNoUseForAWorkspaceOfWhichNothingWholeComesBack() {
        var full = client.completed(client.take("FULL")).id();
        var part = client.completed(client.take("excluding", "CONFIG_ONLY")).id();
        var now = Instant.now();

        keep(new RecoveryKitKept(now, List.of(), "0".repeat(64), "the safe"))
                .body("state", equalTo("OLD"))
                .body("why", containsString("workspace default"));
        keep(new RecoveryKitKept(now.plusMillis(1), List.of(full, part), ANOTHER, "the safe"))
                .body("state", equalTo("OLD"))
                .body("why", containsString("workspace excluding"));
    }

    /** Of a drill that restored part of a workspace today nobody learns that all of it comes back. */
    @Test
    void leadsToTheNewestWholeBackupThatADrillRestored() {
        var full = client.completed(client.take("FULL")).id();
        var part = client.completed(client.take("CONFIG_ONLY")).id();
        client.completed(client.take("FULL"));
        for (var id : List.of(full, part)) {
            as("operator")
                    .body(Map.of("at", Instant.now().toString(), "drillRun", "run 7", "compared", "all files"))
                    .post("/api/v1/backups/" + id + "/proofs")
                    .then()
                    .statusCode(200);
        }

        var scripts = kit().files().stream()
                .filter(file -> file.name().equals("restore-default-proven.sh"))
                .map(RecoveryKitView.File::content)
                .toList();

        assertThat(scripts).singleElement().asString().contains(full.toString());
    }

    @Test
    void whoSaysWhatIsKeptIsAskedForAllOfIt() {
        var backup = List.of(client.completed(client.take("FULL")).id());
        var now = Instant.now();

        keep(new RecoveryKitKept(now, backup, "no sum", "the safe"))
                .statusCode(400)
                .body("detail", containsString("sha256"));
        keep(new RecoveryKitKept(now, backup, ANOTHER, " ")).statusCode(400).body("detail", containsString("place"));
        keep(new RecoveryKitKept(null, backup, ANOTHER, "the safe"))
                .statusCode(400)
                .body("detail", containsString("madeAt"));
        keep(new RecoveryKitKept(now.plusSeconds(60), backup, ANOTHER, "the safe"))
                .statusCode(400)
                .body("detail", containsString("future"));
        keep(new RecoveryKitKept(now, List.of(UUID.randomUUID()), ANOTHER, "the safe"))
                .statusCode(400)
                .body("detail", containsString("no backup"));
        as("viewer")
                .body(new RecoveryKitKept(now, backup, ANOTHER, "the safe"))
                .post("/api/v1/recovery-kit/kept")
                .then()
                .statusCode(403);
    }
}
