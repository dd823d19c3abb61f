package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.EncryptingSurroundings;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.VerificationView.Result;
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
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that has public keys only. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = EncryptingSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(value = EncryptingSurroundings.class, restrictToAnnotatedClass = true)
@Tag("BD15")
class EncryptedBackupIT {
    @TestHTTPResource
    URI service;

    @TempDir
    Path directory;

    private BackupClient client;
    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.in(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
    }

    /** Recovery and people see what the offer wants before they take it. */
    @Test
    void theInspectionSaysThatWhatItOffersNeedsAKeyThatIsNotHere() {
        var backup = client.completed(client.take("FULL"));

        var inspection = client.inspection();

        assertThat(inspection.files())
                .filteredOn(file -> file.path().equals(".env"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.restorableFrom()).isEqualTo(backup.id());
                    assertThat(file.restoreNeeds()).contains("a secret key");
                });
    }

    /** The commands of the README: what was written is what the owner of the secret key gets, and COMPLETED means read back here too. */
    @Test
    void isUnpackedByStandardToolsAndTheSecretKey() throws Exception {
        assumeThat(Path.of("/usr/bin/age")).as("age on this machine").exists();
        var backup = client.completed(client.take("FULL"));
        var name = String.valueOf(backup.objectName());
        download(name, directory.resolve("archive.tar.zst.age"));
        download(name.replace("archive.tar", "manifest.json"), directory.resolve("manifest.json.zst.age"));
        var key = ConfigProvider.getConfig().getValue(EncryptingSurroundings.SECRET_KEY, String.class);

        run("age", "-d", "-i", key, "-o", "archive.tar.zst", "archive.tar.zst.age");
        run("age", "-d", "-i", key, "-o", "beside.json.zst", "manifest.json.zst.age");
        run("zstd", "-d", "--quiet", "beside.json.zst");
        run("tar", "--zstd", "-xf", "archive.tar.zst");
        var sums = run("sha256sum", "--check", "--strict", "SHA256SUMS");
        var sum = run("sha256sum", "archive.tar.zst.age");

        assertThat(sums.lines().filter(line -> line.endsWith(": OK"))).hasSize(9);
        assertThat(sum).startsWith(String.valueOf(backup.sha256()));
        assertThat(directory.resolve("workspace/.env")).hasSameTextualContentAs(workspace.path(".env"));
        assertThat(Files.readString(directory.resolve("beside.json")))
                .contains("workspace/.env", backup.id().toString());
    }

    /** Neither a file's content nor its name nor its check sum can be read in the bucket. */
    @Test
    void tellsNothingToWhoReadsTheBucket() throws Exception {
        var backup = client.completed(client.take("CONFIG_ONLY"));
        var name = String.valueOf(backup.objectName());
        var archive = directory.resolve("archive");
        var manifest = directory.resolve("manifest");
        download(name, archive);
        download(name.replace("archive.tar", "manifest.json"), manifest);

        for (var file : new Path[] {archive, manifest}) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .startsWith("age-encryption.org/v1\n")
                    .doesNotContain("API_KEY", ".env", "alert_config", "\"sha256\"");
        }
    }

    @Test
    void refusesARestoreWithoutTheSecretKeyAtOnce() {
        var backup = client.completed(client.take("CONFIG_ONLY"));

        var refusal = client.refusedRestore(Map.of("backupId", backup.id()));

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.detail())
                .contains("encrypted for the owners of everstate.archive.recipients")
                .contains("everstate.archive.identity-file");
        assertThat(client.backup(backup.id()).status())
                .as("that says nothing about it")
                .isEqualTo(backup.status());
    }

    /** What is in it cannot be read; that its bytes are those that were written can. */
    @Test
    @Tag("BD7")
    void verifiesTheStoredBytesAndSaysThatItIsNoMore() {
        var backup = client.completed(client.take("CONFIG_ONLY"));

        var ended = client.verificationEnded(client.verify(backup.id()));

        var finding = ended.findings().getFirst();
        assertThat(finding.result()).isEqualTo(Result.SUMS_AGREE);
        assertThat(finding.what()).contains("was not looked at").contains("everstate.archive.identity-file");
        assertThat(finding.bytes()).isEqualTo(backup.archiveBytes());
        assertThat(client.backup(backup.id()).verifiedAt()).isAfter(backup.verifiedAt());
    }

    /** What its base holds it cannot read; so it takes everything, and says why. */
    @Test
    @Tag("BD5")
    void takesAFullInPlaceOfAnIncremental() {
        client.completed(client.take("FULL"));

        var next = client.completed(client.take("INCREMENTAL"));

        assertThat(next.kind()).isEqualTo(BackupKind.FULL);
        assertThat(next.note()).contains("cannot be read here").contains("everstate.archive.identity-file");
    }

    private static void download(String objectName, Path target) throws Exception {
        var access = TestPlatform.shared().storage();
        MinioClient.builder()
                .endpoint(access.endpoint().toString())
                .region("us-east-1")
                .credentials(access.accessKey(), access.secretKey())
                .build()
                .downloadObject(DownloadObjectArgs.builder()
                        .bucket(EncryptingSurroundings.BUCKET)
                        .object(objectName)
                        .filename(target.toString())
                        .build());
    }

    private String run(String... command) throws Exception {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
