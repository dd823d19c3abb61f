package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL of the real process, and what the next one makes of it. */
class CrashIT {
    private static final int FILES = 120;
    private static final List<RestoreView.Step> STEPS = List.of(
            RestoreView.Step.VERIFYING,
            RestoreView.Step.SAFETY_BACKUP,
            RestoreView.Step.SWAPPING,
            RestoreView.Step.VALIDATING);

    @TempDir
    Path directory;

    /** Of its own: nothing is swept from a bucket that holds what the catalogue does not know. */
    private final String bucket = "crash-it-" + UUID.randomUUID();

    private final StandInStateService stateService = new StandInStateService();
    private final FaultyStorage storage =
            new FaultyStorage(TestPlatform.shared().storage().endpoint(), path -> path.endsWith("archive.tar.gz"));
    private ScratchWorkspace workspace;
    private ServiceProcess service;
    private BackupClient client;

    @BeforeEach
    void start() {
        workspace = ScratchWorkspace.in(directory.resolve("workspace"));
        for (var i = 0; i < FILES; i++) {
            workspace.write("many/file-" + i, "old " + i);
        }
        var database = TestPlatform.shared().newDatabase();
        service = ServiceProcess.of("backup-service")
                .configuration(TestPlatform.shared().configuration("bucket=" + bucket))
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .set("everstate.storage.endpoint", storage.url().toString())
                .set("everstate.peers.state-service", stateService.url().toString())
                .set("everstate.workspaces.default.directory", workspace.root().toString())
                .set(
                        "everstate.backup.spool-directory",
                        directory.resolve("spool").toString())
                .set("everstate.backup.sweep-every", "1s")
                .set("everstate.segments.enabled", "false")
                .set("everstate.schedule.at-start", "false")
                .set("everstate.schedule.full-every", "0s")
                .set("everstate.lease.ttl", "3s")
                .set("everstate.lease.heartbeat", "1s")
                .start();
        client = new BackupClient(service.url());
    }

    @AfterEach
    void stop() {
        service.close();
        storage.close();
        stateService.close();
    }

    @Test
    @Tag("BD7")
    void aBackupThatWasCutOffFailsAndLeavesNothing() throws Exception {
        storage.tell(Fault.WRITES_HANG);
        var id = client.take("FULL");
        await().atMost(Duration.ofSeconds(20)).until(() -> client.backup(id).status() == BackupView.Status.RUNNING);

        service.kill();
        storage.tell(Fault.NONE);
        service.restart();

        var ended = client.ended(id);
        assertThat(ended.status()).isEqualTo(BackupView.Status.FAILED);
        assertThat(ended.failure()).isEqualTo("backup-service ended while it ran");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(objects(id.toString())).isEmpty());
        assertThat(client.completed(client.take("FULL")).id()).isNotEqualTo(id);
    }

    /** The next one is built upon what was there before, and all of that is restorable. */
    @Test
    @Tag("BD5")
    void anIncrementalThatWasCutOffIsNoBase() throws Exception {
        var full = client.completed(client.take("FULL"));
        changeAll("changed");
        var changed = workspace.content();
        storage.tell(Fault.READS_HANG);
        var cut = client.take("INCREMENTAL");
        await().atMost(Duration.ofSeconds(20)).until(() -> client.backup(cut).status() == BackupView.Status.UPLOADED);

        service.kill();
        storage.tell(Fault.NONE);
        service.restart();

        assertThat(client.ended(cut).status()).isEqualTo(BackupView.Status.FAILED);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(objects(cut.toString())).isEmpty());
        var next = client.completed(client.take("INCREMENTAL"));
        assertThat(next.base()).isEqualTo(full.id());
        changeAll("and again");
        assertThat(client.restoreEnded(client.restore(next.id(), null)).status())
                .isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(changed);
    }

    @Test
    @Tag("BD7")
    void aBackupThatWasUploadedAndNotReadBackIsNoneAndItsObjectsGo() throws Exception {
        storage.tell(Fault.READS_HANG);
        var id = client.take("FULL");
        await().atMost(Duration.ofSeconds(20)).until(() -> client.backup(id).status() == BackupView.Status.UPLOADED);

        service.kill();
        assertThat(objects(id.toString())).hasSize(2);
        storage.tell(Fault.NONE);
        service.restart();

        assertThat(client.ended(id).status()).isEqualTo(BackupView.Status.FAILED);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(objects(id.toString())).isEmpty());
    }

    @Test
    void aRequestThatWasAcceptedRunsAfterTheRestart() throws Exception {
        storage.tell(Fault.WRITES_HANG);
        client.take("FULL");
        var waiting = client.take("CONFIG_ONLY");

        service.kill();
        storage.tell(Fault.NONE);
        service.restart();

        client.completed(waiting);
    }

    /** Paused longer than its lease lasts, while the archive is complete but for the answer: woken up, it must not complete it. */
    @Test
    void aProcessThatSleptThroughItsLeaseCompletesNothing() throws Exception {
        storage.tell(Fault.READS_HANG);
        var id = client.take("FULL");
        await().atMost(Duration.ofSeconds(20)).until(() -> client.backup(id).status() == BackupView.Status.UPLOADED);
        service.suspend();
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        storage.tell(Fault.NONE);

        service.resume();

        assertThat(client.ended(id).status()).isEqualTo(BackupView.Status.FAILED);
    }

    /**
     * Killed at many moments of a restore, until one hit the middle of it: the workspace is all old or all new, and the restore says which.
     */
    @Test
    @Tag("SF11")
    @Tag("BD9")
    void aRestoreThatWasCutOffIsUndoneOrDone() throws Exception {
        var backup = client.completed(client.take("FULL")).id();
        var restored = workspace.content();
        var random = new Random(11);
        var ends = new HashMap<RestoreView.Status, Integer>();
        for (var round = 0; round < 5 || (round < 15 && !ends.containsKey(RestoreView.Status.ROLLED_BACK)); round++) {
            changeAll("round " + round);
            var changed = workspace.content();
            var id = client.restore(backup, null);
            var step = STEPS.get(random.nextInt(STEPS.size()));
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(2))
                    .until(
                            () -> client.restore(id),
                            view -> view.step() == null
                                    || view.step().compareTo(step) >= 0
                                    || view.status() != RestoreView.Status.RUNNING);

            service.kill();
            assertEveryFileIsWhole(changed, restored);
            service.restart();

            var ended = client.restoreEnded(id);
            assertThat(workspace.content())
                    .as("round %d, seed 11, killed at %s, ended %s", round, step, ended.status())
                    .isEqualTo(ended.status() == RestoreView.Status.COMPLETED ? restored : changed);
            ends.merge(ended.status(), 1, Integer::sum);
        }
        assertThat(ends).as("one was killed among its renames").containsKey(RestoreView.Status.ROLLED_BACK);
    }

    /** Killed before its first rename and then among them: the workspace is as the restore left it, or as it was before that. */
    @Test
    @Tag("SF11")
    @Tag("BD9")
    void aRollbackThatWasCutOffIsUndoneOrDone() throws Exception {
        var backup = client.completed(client.take("FULL")).id();
        for (var i = 0; i < FILES / 2; i++) {
            workspace.delete("many/file-" + i);
            workspace.write("many/file-" + (FILES / 2 + i), "changed " + i);
        }
        var old = workspace.content();
        var restore = client.restoreEnded(client.restore(backup, null)).id();
        var restored = workspace.content();

        storage.tell(Fault.READS_HANG);
        var first = client.rollback(restore);
        assertThat(client.refusedRollback(restore).detail()).contains("it is being rolled back by restore " + first);
        assertThat(client.refusedRollback(first).detail()).contains("it is not finished");
        service.kill();
        storage.tell(Fault.NONE);
        service.restart();
        assertThat(client.restoreEnded(first).status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(workspace.content()).isEqualTo(restored);

        RestoreView ended;
        var round = 0;
        do {
            assertThat(round++)
                    .as("rollbacks until one was killed among its renames")
                    .isLessThan(10);
            var id = client.rollback(restore);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(2))
                    .until(
                            () -> client.restore(id),
                            view -> view.step() == RestoreView.Step.SWAPPING
                                    || view.step() == RestoreView.Step.VALIDATING
                                    || view.status() != RestoreView.Status.RUNNING);

            service.kill();
            assertEveryFileIsWhole(old, restored);
            service.restart();

            ended = client.restoreEnded(id);
            var done = ended.status() == RestoreView.Status.COMPLETED;
            assertThat(workspace.content())
                    .as("round %d ended %s", round, ended.status())
                    .isEqualTo(done ? old : restored);
            if (done) {
                restore = client.restoreEnded(client.restore(backup, null)).id();
            }
        } while (ended.status() != RestoreView.Status.ROLLED_BACK);

        assertThat(client.rolledBack(restore, Map.of()).status()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(old);
    }

    private void changeAll(String content) {
        for (var i = 0; i < FILES; i++) {
            workspace.write("many/file-" + i, content + " " + i);
        }
    }

    private void assertEveryFileIsWhole(Map<String, String> changed, Map<String, String> restored) {
        workspace
                .content()
                .forEach((path, content) -> assertThat(content).as(path).isIn(changed.get(path), restored.get(path)));
    }

    private List<String> objects(String id) throws Exception {
        var access = TestPlatform.shared().storage();
        var names = new ArrayList<String>();
        var minio = MinioClient.builder()
                .endpoint(access.endpoint().toString())
                .region("us-east-1")
                .credentials(access.accessKey(), access.secretKey())
                .build();
        for (var item : minio.listObjects(
                ListObjectsArgs.builder().bucket(bucket).recursive(true).build())) {
            if (item.get().objectName().contains(id)) {
                names.add(item.get().objectName());
            }
        }
        return names;
    }
}
