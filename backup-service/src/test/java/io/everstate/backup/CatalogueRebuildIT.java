package io.everstate.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.CatalogueClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.backup.testing.StoredBackups;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.CatalogueRebuildView;
import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import io.everstate.contracts.backup.CatalogueRebuildView.Problem;
import io.everstate.contracts.backup.CatalogueView.State;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RetentionRunView;
import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bucket is all that is left: the service begins again with an empty database. */
class CatalogueRebuildIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private final String bucket = "rebuild-it-" + UUID.randomUUID();
    private final StandInStateService stateService = new StandInStateService();
    private final FaultyStorage storage =
            new FaultyStorage(TestPlatform.shared().storage().endpoint(), path -> path.contains("archive.tar."));
    private final StoredBackups stored = new StoredBackups(bucket);
    private ScratchWorkspace workspace;
    private ServiceProcess service;
    private BackupClient client;
    private CatalogueClient catalogue;

    @BeforeEach
    void start() {
        workspace = ScratchWorkspace.in(directory.resolve("workspace"));
        startWithAnEmptyDatabase(Map.of());
    }

    @AfterEach
    void stop() {
        service.close();
        storage.close();
        stateService.close();
    }

    private void startWithAnEmptyDatabase(Map<String, String> settings) {
        if (service != null) {
            service.close();
        }
        var database = TestPlatform.shared().newDatabase();
        service = ServiceProcess.of("backup-service")
                .configuration(TestPlatform.shared().configuration("bucket=" + bucket))
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .set("everstate.storage.endpoint", storage.url())
                .set("everstate.peers.state-service", stateService.url())
                .set("everstate.workspaces.default.directory", workspace.root())
                .set("everstate.backup.spool-directory", directory.resolve("spool"))
                .set("everstate.backup.sweep-every", "1s")
                .set("everstate.retention.look-every", "off")
                .set("everstate.retention.max-backups", "2")
                .set("everstate.retention.of-each-kind", "1")
                .set("everstate.retention.keep.daily", "0")
                .set("everstate.segments.enabled", "false")
                .set("everstate.schedule.at-start", "false")
                .set("everstate.schedule.full-every", "0s")
                .set("everstate.lease.ttl", "3s")
                .set("everstate.lease.heartbeat", "1s")
                .configuration(settings)
                .start();
        client = new BackupClient(service.url());
        catalogue = new CatalogueClient(service.url());
    }

    private CatalogueRebuildView rebuilt() {
        return catalogue.rebuildEnded(catalogue.rebuild());
    }

    private BackupView taken(String kind) {
        return client.completed(client.take(kind));
    }

    /** A chain, a backup with watched files, one without a state, and the safety backup of a restore. */
    @Test
    void findsEveryBackupOfTheBucketAgainAndReadsItBack() {
        var full = taken("FULL");
        workspace.write("logs/trading.log", "line one\nline two\nline three\n");
        var incremental = taken("INCREMENTAL");
        taken("CONFIG_ONLY");
        var safety = client.restoreEnded(client.restore(full.id(), List.of("configs")))
                .safetyBackupId();
        var before = catalogue.backups();
        var inspection = client.inspection();

        startWithAnEmptyDatabase(Map.of());
        var lost = catalogue.catalogue();
        var rebuild = catalogue.rebuild();
        var meanwhile = client.take("FULL");
        var rebuilt = catalogue.rebuildEnded(rebuild);

        assertThat(lost.state()).isEqualTo(State.INCOMPLETE);
        assertThat(lost.unknown()).isEqualTo(4);
        assertThat(rebuilt.status()).as(rebuilt.toString()).isEqualTo(CatalogueRebuildView.Status.COMPLETED);
        assertThat(rebuilt.outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 4L));
        assertThat(rebuilt.bytesDone()).isPositive().isEqualTo(rebuilt.bytesTotal());
        assertThat(client.completed(meanwhile).base()).isNull();
        assertThat(catalogue.backups().stream()
                        .filter(backup -> !backup.id().equals(meanwhile))
                        .toList())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("verifiedAt", "bytesDone", "bytesTotal")
                .isEqualTo(before);
        assertThat(catalogue.backups()).extracting(BackupView::id).contains(safety);
        assertThat(catalogue.catalogue().state()).isEqualTo(State.COMPLETE);
        assertThat(restorable(client.inspection())).hasSameSizeAs(restorable(inspection));

        workspace.write("logs/trading.log", "lost");
        var restore = client.restoreEnded(client.restore(incremental.id(), null));

        assertThat(restore.status()).as(String.valueOf(restore.failure())).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.read("logs/trading.log")).isEqualTo("line one\nline two\nline three\n");
    }

    private static List<InspectionView.FileFinding> restorable(InspectionView inspection) {
        return inspection.files().stream()
                .filter(file -> file.restorableFrom() != null)
                .toList();
    }

    /** The safety backup is the newest FULL, for a restore of one file is followed by no other: it may lack files, and the next INCREMENTAL is not built upon it. */
    @Test
    void knowsASafetyBackupAgain() {
        var full = taken("FULL");
        client.restoreEnded(client.restore(full.id(), List.of("logs/trading.log")));

        startWithAnEmptyDatabase(Map.of());
        rebuilt();

        assertThat(taken("INCREMENTAL").base()).isEqualTo(full.id());
    }

    /** Four that are younger than all that the empty catalogue knows of, of which two may stay, and one that failed. */
    @Test
    void deletesNothingWhileTheBucketHoldsWhatTheCatalogueDoesNotKnow() throws Exception {
        taken("FULL");
        startWithAnEmptyDatabase(Map.of());
        for (var number = 0; number < 4; number++) {
            taken("CONFIG_ONLY");
        }
        storage.tell(Fault.READS_ARE_FLIPPED);
        var failed = client.ended(client.take("CONFIG_ONLY"));
        storage.tell(Fault.NONE);

        var refused = catalogue.cleanedUp();

        assertThat(failed.status()).isEqualTo(BackupView.Status.FAILED);
        assertThat(refused.status()).isEqualTo(RetentionRunView.Status.REFUSED);
        assertThat(refused.refusal()).contains("the bucket holds 1 archives that the catalogue does not know");
        assertThat(Files.readString(service.log())).contains("Nothing is deleted for now: the bucket holds 1 archives");
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(6))
                .untilAsserted(
                        () -> assertThat(stored.names(failed.id().toString())).hasSize(2));

        assertThat(rebuilt().outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 1L));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stored.names(failed.id().toString())).isEmpty());
        var cleaned = catalogue.cleanedUp();
        assertThat(cleaned.status()).as(String.valueOf(cleaned.refusal())).isEqualTo(RetentionRunView.Status.COMPLETED);
        assertThat(cleaned.deleted()).isEqualTo(2);
    }

    @Test
    void goesOnAfterItWasKilled() {
        taken("FULL");
        taken("CONFIG_ONLY");
        startWithAnEmptyDatabase(Map.of());
        storage.tell(Fault.READS_HANG);
        var rebuild = catalogue.rebuild();
        await().atMost(PATIENCE)
                .until(() -> catalogue.rebuild(rebuild).outcomes().equals(Map.of(Outcome.FOUND, 2L)));
        assertThat(catalogue.backups()).extracting(BackupView::status).containsOnly(BackupView.Status.FOUND);

        service.kill();
        storage.tell(Fault.NONE);
        service.restart();

        assertThat(catalogue.rebuildEnded(rebuild).outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 2L));
        assertThat(catalogue.backups()).extracting(BackupView::status).containsOnly(BackupView.Status.COMPLETED);
    }

    /** A volume that was not mounted comes back: what was broken without it is a backup again. */
    @Test
    void namesWhatAnIncrementalLacksAndTakesItWhenItIsThereAgain() {
        var full = taken("FULL");
        var incremental = taken("INCREMENTAL");
        var kept = new HashMap<String, byte[]>();
        stored.names(full.id().toString()).forEach(name -> kept.put(name, stored.read(name)));
        kept.keySet().forEach(stored::delete);

        startWithAnEmptyDatabase(Map.of());
        var without = rebuilt();
        var broken = client.backup(incremental.id());
        kept.forEach(stored::write);
        var with = rebuilt();

        assertThat(without.problems()).extracting(Problem::outcome).containsExactly(Outcome.BROKEN);
        assertThat(without.problems().getFirst().detail()).contains(full.id().toString(), "is not in the bucket");
        assertThat(broken.status()).isEqualTo(BackupView.Status.CORRUPTED);
        assertThat(with.status()).as(with.toString()).isEqualTo(CatalogueRebuildView.Status.COMPLETED);
        assertThat(client.chain(incremental.id()))
                .extracting(BackupView::status)
                .containsExactly(BackupView.Status.COMPLETED, BackupView.Status.COMPLETED);
    }

    /** Under names that sort before and behind the one that was written. */
    @Test
    void takesACopyUnderAnotherWorkspacesNameForNoBackup() {
        var full = taken("FULL");
        for (var name : stored.names(full.id().toString())) {
            stored.write(name.replace("/default/", "/another/"), stored.read(name));
            stored.write(name.replace("/default/", "/somebody/"), stored.read(name));
        }

        startWithAnEmptyDatabase(Map.of());
        var rebuilt = rebuilt();

        assertThat(rebuilt.outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 1L));
        assertThat(client.backup(full.id()).workspace()).isEqualTo("default");
        assertThat(client.backup(full.id()).objectName()).isEqualTo(full.objectName());
    }

    /** One bit of an archive that another one is built upon, and a manifest that is none. */
    @Test
    void makesNoBackupOfWhatIsDamaged() {
        var full = taken("FULL");
        var incremental = taken("INCREMENTAL");
        var alone = taken("CONFIG_ONLY");
        var good = taken("CONFIG_ONLY");
        var archive = String.valueOf(full.objectName());
        var content = stored.read(archive);
        content[content.length / 2] ^= 1;
        stored.write(archive, content);
        stored.write(
                String.valueOf(alone.objectName()).replace("archive.tar.gz", "manifest.json.gz"), "{".getBytes(UTF_8));

        startWithAnEmptyDatabase(Map.of());
        var rebuilt = rebuilt();

        assertThat(rebuilt.problems().stream().collect(Collectors.toMap(Problem::backupId, Problem::outcome)))
                .isEqualTo(Map.of(
                        full.id(), Outcome.CORRUPTED,
                        incremental.id(), Outcome.BROKEN,
                        alone.id(), Outcome.CORRUPTED));
        assertThat(List.of(full, incremental, alone))
                .allSatisfy(damaged ->
                        assertThat(client.backup(damaged.id()).status()).isEqualTo(BackupView.Status.CORRUPTED));
        assertThat(client.backup(good.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(catalogue.catalogue().state()).isEqualTo(State.COMPLETE);
    }

    @Test
    void guessesNothingOfWhatIsEncryptedUntilItHasTheKey() throws Exception {
        var keys = new X25519KeyPairGenerator().generateKeyPair();
        var recipients = Map.of("everstate.archive.recipients", keys.getPublic().toString());
        startWithAnEmptyDatabase(recipients);
        var full = taken("FULL");
        startWithAnEmptyDatabase(recipients);

        var without = rebuilt();
        var closed = catalogue.catalogue();
        var secret = Files.writeString(directory.resolve("identity.txt"), keys.getPrivate() + "\n");
        startWithAnEmptyDatabase(Map.of("everstate.archive.identity-file", secret.toString()));
        var with = rebuilt();

        assertThat(without.status()).isEqualTo(CatalogueRebuildView.Status.FAILED);
        assertThat(without.problems()).extracting(Problem::outcome).containsExactly(Outcome.NEEDS_KEY);
        assertThat(without.problems().getFirst().detail()).contains("everstate.archive.identity-file");
        assertThat(closed.state()).isEqualTo(State.INCOMPLETE);
        assertThat(with.outcomes()).isEqualTo(Map.of(Outcome.VERIFIED, 1L));
        assertThat(client.backup(full.id()).sha256()).isEqualTo(full.sha256());
    }
}
