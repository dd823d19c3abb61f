package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Result;
import io.everstate.contracts.backup.VerificationView.Status;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three archives of 2 MiB, read with at most 1 MiB a second by real processes. */
@Tag("BD7")
class VerificationCrashIT {
    private static final long LIMIT = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final StandInStateService stateService = new StandInStateService();
    private final Database database = TestPlatform.shared().newDatabase();
    private ScratchWorkspace workspace;
    private ServiceProcess service;
    private BackupClient client;
    private List<UUID> taken;

    @BeforeEach
    void start() {
        workspace = ScratchWorkspace.in(directory.resolve("workspace"));
        var incompressible = new byte[2 << 20];
        new Random(7).nextBytes(incompressible);
        workspace.write("models/weights.bin", incompressible);
        service = replica("one").start();
        client = new BackupClient(service.url());
        taken = Stream.generate(() -> client.completed(client.take("FULL")).id())
                .limit(3)
                .toList();
    }

    private ServiceProcess.Builder replica(String name) {
        return ServiceProcess.of("backup-service")
                .configuration(TestPlatform.shared().configuration("bucket=verification-crash-it"))
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .set("everstate.peers.state-service", stateService.url())
                .set("everstate.workspaces.default.directory", workspace.root())
                .set("everstate.backup.spool-directory", directory.resolve("spool-" + name))
                .set("everstate.verification.bandwidth", LIMIT)
                .set("everstate.verification.progress-every", "200ms")
                .set("everstate.segments.enabled", "false")
                .set("everstate.schedule.at-start", "false")
                .set("everstate.schedule.full-every", "0s")
                .set("everstate.lease.ttl", "3s")
                .set("everstate.lease.heartbeat", "1s");
    }

    @AfterEach
    void stop() {
        service.close();
        stateService.close();
    }

    @Test
    void killedItGoesOnWhereItWasAndReadsNoFasterThanAllowed() {
        var id = client.verify("default");
        var before = firstFinding(id);

        service.kill();
        service.restart();

        var ended = await().atMost(PATIENCE).until(() -> client.verification(id), view -> view.finishedAt() != null);
        assertAllRead(ended);
        assertThat(ended.findings().getFirst()).isEqualTo(before);
        assertThat(ended.bytesPerSecond()).isLessThanOrEqualTo(LIMIT + LIMIT / 100);
    }

    /** Asleep longer than its lease lasts: woken up, it writes nothing any more. It falls asleep between two writes: one in the middle holds its row. */
    @Test
    void ofTwoReplicasOneReadsAlsoWhenItWasTakenForDead() {
        try (var other = replica("two")
                .set("everstate.verification.progress-every", "1h")
                .start()) {
            var watcher = new BackupClient(other.url());
            service.suspend();
            var id = watcher.verify("default");
            firstFinding(watcher, id);
            service.resume();
            other.suspend();

            var ended =
                    await().atMost(PATIENCE).until(() -> client.verification(id), view -> view.finishedAt() != null);
            other.resume();

            assertAllRead(ended);
            assertThat(watcher.verificationEnded(watcher.verify(taken.getFirst()))
                            .findings())
                    .extracting(Finding::result)
                    .containsExactly(Result.VERIFIED);
            assertThat(client.verification(id)).isEqualTo(ended);
        }
    }

    @Test
    void aRestoreDoesNotWaitForIt() {
        var id = client.verify("default");
        firstFinding(id);

        var restore = client.restoreEnded(client.restore(taken.getFirst(), null));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(client.verification(id).status()).isEqualTo(Status.RUNNING);
        assertAllRead(await().atMost(PATIENCE).until(() -> client.verification(id), view -> view.finishedAt() != null));
    }

    private void assertAllRead(VerificationView ended) {
        assertThat(ended.status()).as(ended.failure()).isEqualTo(Status.COMPLETED);
        assertThat(ended.findings()).extracting(Finding::backupId).containsExactlyElementsOf(taken);
        assertThat(ended.findings()).extracting(Finding::result).containsOnly(Result.VERIFIED);
    }

    private Finding firstFinding(UUID id) {
        return firstFinding(client, id);
    }

    private static Finding firstFinding(BackupClient client, UUID id) {
        return await().atMost(PATIENCE)
                .until(() -> client.verification(id), view -> !view.findings().isEmpty())
                .findings()
                .getFirst();
    }
}
