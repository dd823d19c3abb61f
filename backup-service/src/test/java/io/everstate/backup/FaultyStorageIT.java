package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.FaultySurroundings;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A storage that does wrong makes a backup fail, in time and with a sentence; it never makes one COMPLETED that is not there. */
@QuarkusTest
@QuarkusTestResource(value = PlatformResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = FaultySurroundings.class, restrictToAnnotatedClass = true)
class FaultyStorageIT {
    /** One call of 2 s, tried twice, with a second of grace each, and what else there is to do. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final Duration AWAY = Duration.ofSeconds(20);

    @TestHTTPResource
    URI service;

    @Inject
    ArchiveStore store;

    private BackupClient client;
    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.in(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
        workspace.write("models/weights.bin", incompressible(6 << 20));
    }

    private static byte[] incompressible(int size) {
        var bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    /** Behind failures in a row the storage is left alone for half a second. */
    @AfterEach
    void heal() {
        fault(Fault.NONE);
        await().atMost(BOUND).ignoreExceptions().untilAsserted(() -> store.find("asked again"));
    }

    @Test
    void withoutAFaultItCompletes() {
        var backup = client.completed(client.take("FULL"));

        assertThat(backup.archiveBytes()).isGreaterThan(6 << 20);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "COMPLETIONS_ARE_DONE_AND_NOT_ANSWERED"})
    @Tag("BD7")
    void neverCompletesWhatIsNotThere(Fault fault) {
        fault(fault);
        var asked = Instant.now();

        var backup = client.ended(client.take("FULL"));

        assertThat(backup.status()).isEqualTo(BackupView.Status.FAILED);
        assertThat(backup.failure()).isNotBlank();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(BOUND);
    }

    /** Five parts: two are stored, then every connection is cut. */
    @Test
    @Tag("BD7")
    void anUploadGoesOnWhereItWasAfterTwentySecondsWithoutTheStorage() {
        workspace.write("models/weights.bin", incompressible(21 << 20));
        FaultyStorage.tell(storage(), Fault.WRITES_ARE_CUT, 3, Integer.MAX_VALUE);
        var id = client.take("FULL");
        await().atMost(BOUND).until(() -> FaultyStorage.seen(storage()) >= 4);
        await().during(AWAY).atMost(AWAY.plus(BOUND)).until(() -> isUnderway(id));
        fault(Fault.NONE);

        var backup = client.completed(id);

        assertThat(FaultyStorage.parts(storage(), backup.objectName())).containsExactly(1, 2, 3, 4, 5);
    }

    private boolean isUnderway(UUID id) {
        return client.backup(id).status() == BackupView.Status.RUNNING;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Fault.class,
            names = {"WRITES_TRICKLE", "WRITES_HANG"})
    void aSlowOrSilentStorageHoldsUpNothingElseAndTheBackupSaysWhatItWaitedFor(Fault fault) {
        fault(fault);
        var id = client.take("FULL");
        await().atMost(BOUND).until(() -> FaultyStorage.seen(storage()) >= 1);

        assertThat(client.inspection().files()).isNotEmpty();
        assertThat(isUnderway(id)).as("it answered while the backup waited").isTrue();

        assertThat(client.ended(id).failure()).contains("store part 1").endsWith("no answer in time");
    }

    @Test
    void aFullSpoolDiskFailsTheBackupThatNeedsItAndNoOther() {
        Assumptions.assumeTrue(
                ConfigProvider.getConfig().getValue(FaultySurroundings.SMALL_SPOOL, Boolean.class),
                "this process may not mount a small disk");
        workspace.write("models/too-large.bin", new byte[(FaultySurroundings.SPOOL_MEBIBYTES + 1) << 20]);

        var failed = client.ended(client.take("FULL"));

        workspace.delete("models/too-large.bin");
        assertThat(failed.status()).isEqualTo(BackupView.Status.FAILED);
        assertThat(failed.failure()).startsWith("the spool directory ").contains("No space left on device");
        client.completed(client.take("FULL"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Fault.class,
            names = {"READS_ARE_CUT", "READS_HANG", "ERRORS"})
    void aStorageThatDoesNotAnswerSaysNothingAboutTheBackup(Fault fault) {
        var backup = client.completed(client.take("FULL"));
        fault(fault);
        workspace.write(".env", "changed=yes\n");

        var restore = client.restoreEnded(client.restore(backup.id(), null));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(client.backup(backup.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(workspace.read(".env")).isEqualTo("changed=yes\n");
    }

    /** As an empty volume shows it that was mounted in the place of the right one. */
    @Test
    void aBackupWhoseArchiveIsMissingForAWhileStaysRestorable() {
        var backup = client.completed(client.take("FULL"));
        workspace.write(".env", "changed=yes\n");
        fault(Fault.READS_FIND_NOTHING);

        var restore = client.restoreEnded(client.restore(backup.id(), null));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(restore.failure()).contains("is not in the storage");
        assertThat(client.backup(backup.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        fault(Fault.NONE);
        assertThat(client.restoreEnded(client.restore(backup.id(), null)).status())
                .isEqualTo(RestoreView.Status.COMPLETED);
    }

    @Test
    @Tag("BD7")
    void marksABackupCorruptedWhoseBytesAreOthers() {
        var backup = client.completed(client.take("FULL"));
        fault(Fault.READS_ARE_FLIPPED);
        workspace.write(".env", "changed=yes\n");

        var restore = client.restoreEnded(client.restore(backup.id(), null));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(restore.safetyBackupId()).isNull();
        assertThat(client.backup(backup.id()).status()).isEqualTo(BackupView.Status.CORRUPTED);
        assertThat(workspace.read(".env")).isEqualTo("changed=yes\n");
    }

    private static void fault(Fault fault) {
        FaultyStorage.tell(storage(), fault);
    }

    private static URI storage() {
        return ConfigProvider.getConfig().getValue("everstate.storage.endpoint", URI.class);
    }
}
