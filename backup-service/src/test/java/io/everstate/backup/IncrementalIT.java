package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.backup.testing.Tools;
import io.everstate.backup.testing.Tree;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestPlatform;
import io.minio.DownloadObjectArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.UploadObjectArgs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains of backups on the real parts; at most three INCREMENTALs are built upon a FULL here. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = IncrementalIT.BUCKET)
        })
@QuarkusTestResource(Surroundings.class)
@Tag("BD5")
class IncrementalIT {
    static final String BUCKET = "backups-it";

    @TestHTTPResource
    URI service;

    @TempDir
    Path directory;

    private BackupClient client;
    private ScratchWorkspace workspace;
    private final List<BackupView> chain = new ArrayList<>();
    private final List<Map<String, String>> trees = new ArrayList<>();

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        var root = Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class));
        workspace = ScratchWorkspace.anew(root);
    }

    private void takeChain() throws Exception {
        take("FULL");
        workspace.write("logs/bot_state.json", "{\"balance\":\"9000.00000000\",\"trades\":[1,2,3,4]}");
        workspace.delete("scripts/start.sh");
        take("INCREMENTAL");
        Files.move(workspace.path("logs/trading.log"), workspace.path("logs/trading.log.1"));
        Files.setPosixFilePermissions(workspace.path(".env"), PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(workspace.path("logs/current.log"), Path.of("trading.log.1"));
        take("INCREMENTAL");
        var written = Files.getLastModifiedTime(workspace.path("configs/alert_config.json"));
        workspace.write("configs/alert_config.json", "{\"telegram\":true }");
        Files.setLastModifiedTime(workspace.path("configs/alert_config.json"), written);
        workspace.write("scripts/start.sh", "#!/bin/sh\necho back\n");
        take("INCREMENTAL");
    }

    private void take(String kind) {
        trees.add(Tree.of(workspace.root()));
        chain.add(client.completed(client.take(kind)));
    }

    @Test
    void restoresEachPointOfAChain() throws Exception {
        takeChain();

        for (var point = 0; point < chain.size(); point++) {
            Tree.empty(workspace.root());
            var restore = client.restoreEnded(client.restore(chain.get(point).id(), null));

            assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
            assertThat(Tree.of(workspace.root())).as("point %d", point).isEqualTo(trees.get(point));
        }
    }

    @Test
    void showsTheChainAndHoldsOnlyWhatChanged() throws Exception {
        takeChain();
        var ids = chain.stream().map(BackupView::id).toList();

        assertThat(chain)
                .extracting(BackupView::kind)
                .containsExactly(
                        BackupKind.FULL, BackupKind.INCREMENTAL, BackupKind.INCREMENTAL, BackupKind.INCREMENTAL);
        assertThat(chain).extracting(BackupView::base).containsExactly(null, ids.get(0), ids.get(1), ids.get(2));
        assertThat(chain).extracting(BackupView::chainPosition).containsExactly(null, 1, 2, 3);
        assertThat(client.chain(ids.get(2))).extracting(BackupView::id).containsExactlyElementsOf(ids.subList(0, 3));
        assertThat(client.chain(ids.get(0))).extracting(BackupView::id).containsExactly(ids.get(0));
        assertThat(client.status("/api/v1/backups/" + UUID.randomUUID() + "/chain"))
                .isEqualTo(404);
        download(chain.get(1), directory.resolve("one.tar.gz"));
        assertThat(Tools.run(directory, "tar", "-tzf", "one.tar.gz").lines())
                .filteredOn(name -> !name.endsWith("/"))
                .containsExactly(
                        "backup_metadata.json",
                        "workspace/logs/bot_state.json",
                        "everstate/snapshot.json",
                        "everstate/state.ndjson.zst",
                        "DELETED",
                        "SHA256SUMS",
                        "manifest.json");
    }

    /** The commands of the README for a chain. */
    @Test
    void standardToolsUnpackEachPointOfAChain() throws Exception {
        takeChain();
        for (var point = 0; point < chain.size(); point++) {
            download(chain.get(point), directory.resolve(point + ".tar.gz"));
        }

        for (var point = 0; point < chain.size(); point++) {
            Tree.empty(Files.createDirectories(directory.resolve("unpacked")));
            var unpacked = Files.createDirectories(directory.resolve("unpacked"));
            for (var member = 0; member <= point; member++) {
                Files.copy(directory.resolve(member + ".tar.gz"), unpacked.resolve(member + ".tar.gz"));
            }
            Tools.unpackChain(unpacked, point + 1);
            Tools.run(unpacked, "sha256sum", "--check", "--strict", "SHA256SUMS");

            assertThat(Tree.of(unpacked.resolve("workspace"))).isEqualTo(trees.get(point));
        }
    }

    @Test
    void restoresByPathWhatOlderMembersHold() throws Exception {
        takeChain();
        workspace.write("backtrader_engine/engine.py", "broken");
        workspace.write("logs/bot_state.json", "");

        var restore = client.restoreEnded(
                client.restore(chain.getLast().id(), List.of("backtrader_engine/engine.py", "logs/bot_state.json")));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(Tree.of(workspace.root())).isEqualTo(trees.getLast());
    }

    @Test
    void takesAFullAfterSoManyAndSaysWhy() throws Exception {
        takeChain();

        var next = client.completed(client.take("INCREMENTAL"));

        assertThat(next.kind()).isEqualTo(BackupKind.FULL);
        assertThat(next.base()).isNull();
        assertThat(next.note()).contains("ends a chain of 3");
        assertThat(next.objectName()).contains("-full-");
    }

    @Test
    void refusesARestoreWhoseMemberIsGoneAndTakesAFullNext() throws Exception {
        take("FULL");
        workspace.write("logs/trading.log", "another line\n");
        take("INCREMENTAL");
        minio().removeObject(RemoveObjectArgs.builder()
                .bucket(BUCKET)
                .object(chain.getFirst().objectName())
                .build());
        workspace.write(".env", "changed=yes\n");
        var before = Tree.of(workspace.root());

        var restore = client.restoreEnded(client.restore(chain.getLast().id(), null));
        var next = client.completed(client.take("INCREMENTAL"));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(restore.safetyBackupId()).isNull();
        assertThat(restore.failure()).contains(chain.getFirst().id().toString(), "is not in the storage");
        assertThat(Tree.of(workspace.root())).isEqualTo(before);
        assertThat(client.backup(chain.getLast().id()).status())
                .as("it may come back")
                .isEqualTo(BackupView.Status.COMPLETED);
        assertThat(next.kind()).isEqualTo(BackupKind.FULL);
        assertThat(next.note()).contains(chain.getFirst().id().toString(), "is not in the storage");
    }

    @Test
    void marksWhatIsBuiltUponACorruptedMemberAndTakesAFullNext() throws Exception {
        take("FULL");
        workspace.write("logs/trading.log", "another line\n");
        take("INCREMENTAL");
        workspace.write("logs/trading.log", "one more line\n");
        take("INCREMENTAL");
        flipAByte(chain.getFirst());
        var before = Tree.of(workspace.root());

        var restore = client.restoreEnded(client.restore(chain.getLast().id(), null));
        var next = client.completed(client.take("INCREMENTAL"));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(restore.failure()).contains(chain.getFirst().id().toString());
        assertThat(Tree.of(workspace.root())).isEqualTo(before);
        for (var member : chain) {
            assertThat(client.backup(member.id()).status()).isEqualTo(BackupView.Status.CORRUPTED);
        }
        assertThat(client.backup(chain.getLast().id()).failure())
                .contains(chain.get(1).id().toString());
        assertThat(next.kind()).isEqualTo(BackupKind.FULL);
        assertThat(next.note()).contains("is corrupted");
    }

    private void flipAByte(BackupView backup) throws Exception {
        var file = directory.resolve("flipped");
        download(backup, file);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        minio().removeObject(RemoveObjectArgs.builder()
                .bucket(BUCKET)
                .object(backup.objectName())
                .build());
        minio().uploadObject(UploadObjectArgs.builder()
                .bucket(BUCKET)
                .object(backup.objectName())
                .filename(file.toString())
                .build());
    }

    private static void download(BackupView backup, Path target) throws Exception {
        minio().downloadObject(DownloadObjectArgs.builder()
                .bucket(BUCKET)
                .object(backup.objectName())
                .filename(target.toString())
                .build());
    }

    private static MinioClient minio() {
        var access = TestPlatform.shared().storage();
        return MinioClient.builder()
                .endpoint(access.endpoint().toString())
                .region("us-east-1")
                .credentials(access.accessKey(), access.secretKey())
                .build();
    }
}
