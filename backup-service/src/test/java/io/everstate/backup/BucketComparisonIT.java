package io.everstate.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.CatalogueClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.backup.testing.StoredBackups;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BucketComparisonView;
import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import io.everstate.contracts.backup.BucketComparisonView.Status;
import io.everstate.contracts.backup.BucketComparisonView.Sweep;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else has had hands in the bucket. No grace period: what is an orphan at all is one at once. */
class BucketComparisonIT {
    private static final String HALF =
            "backups/default/20261101T000000Z-full-019a0000-0000-7000-8000-000000000001/archive.tar.gz";
    private static final String PAIR = "backups/default/20261101T000000Z-full-019a0000-0000-7000-8000-000000000002/";

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private final String bucket = "comparison-it-" + UUID.randomUUID();
    private final StandInStateService stateService = new StandInStateService();
    private final StoredBackups stored = new StoredBackups(bucket);
    private ServiceProcess service;
    private BackupClient client;
    private CatalogueClient catalogue;

    @BeforeEach
    void start() {
        var workspace = ScratchWorkspace.in(directory.resolve("workspace"));
        var database = TestPlatform.shared().newDatabase();
        service = ServiceProcess.of("backup-service")
                .configuration(TestPlatform.shared().configuration("bucket=" + bucket))
                .set("quarkus.datasource.jdbc.url", database.url())
                .set("quarkus.datasource.username", database.user())
                .set("quarkus.datasource.password", database.password())
                .set("everstate.peers.state-service", stateService.url())
                .set("everstate.workspaces.default.directory", workspace.root())
                .set("everstate.backup.spool-directory", directory.resolve("spool"))
                .set("everstate.comparison.look-every", "off")
                .set("everstate.comparison.grace", "0s")
                .set("everstate.retention.look-every", "off")
                .set("everstate.segments.enabled", "false")
                .set("everstate.schedule.at-start", "false")
                .set("everstate.schedule.full-every", "0s")
                .start();
        client = new BackupClient(service.url());
        catalogue = new CatalogueClient(service.url());
    }

    @AfterEach
    void stop() {
        service.close();
        stateService.close();
    }

    private BackupView taken() {
        return client.completed(client.take("CONFIG_ONLY"));
    }

    private static String archive(BackupView backup) {
        return String.valueOf(backup.objectName());
    }

    private static String manifest(BackupView backup) {
        return archive(backup).replace("archive.tar.gz", "manifest.json.gz");
    }

    @Test
    void namesWhatDiffersBothWaysAndDeletesNothing() {
        var well = taken();
        var missing = taken();
        var cut = taken();
        var before = catalogue.compared();
        stored.delete(archive(missing));
        stored.write(archive(cut), new byte[] {1, 2, 3});
        stored.write(HALF, "half".getBytes(UTF_8));
        stored.write("backups/default/notes.txt", "mine".getBytes(UTF_8));

        var compared = catalogue.compared();

        assertThat(before.differences()).isEmpty();
        assertThat(before.objects()).isEqualTo(6);
        assertThat(compared.status()).isEqualTo(Status.COMPLETED);
        assertThat(compared.differences())
                .extracting(Difference::object, Difference::kind)
                .containsExactlyInAnyOrder(
                        tuple(archive(missing), Kind.MISSING),
                        tuple(archive(cut), Kind.CHANGED),
                        tuple(HALF, Kind.ORPHAN),
                        tuple("backups/default/notes.txt", Kind.FOREIGN));
        assertThat(compared.differences())
                .filteredOn(Difference::kind, Kind.CHANGED)
                .singleElement()
                .extracting(Difference::detail)
                .asString()
                .startsWith("it has 3 bytes");
        assertThat(stored.names("backups/")).hasSize(7);
        assertThat(client.backup(missing.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(client.backup(well.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    @Test
    void removesTheOrphansOfAReportAndNothingElseAndNamesThem() throws Exception {
        var well = taken();
        stored.write(HALF, "half".getBytes(UTF_8));
        stored.write("backups/default/notes.txt", "mine".getBytes(UTF_8));
        var report = catalogue.compared();

        var swept = catalogue.swept(report.id());

        assertThat(swept.sweep()).isEqualTo(Sweep.COMPLETED);
        assertThat(swept.differences().stream()
                        .filter(difference -> difference.sweptAt() != null)
                        .map(Difference::object))
                .containsExactly(HALF);
        assertThat(stored.names("backups/"))
                .containsExactlyInAnyOrder(archive(well), manifest(well), "backups/default/notes.txt");
        assertThat(Files.readString(service.log())).contains("DELETE object " + HALF);
    }

    /** What is an orphan in the report has become half of an archive that nobody knows. */
    @Test
    void removesNothingWhileTheBucketHoldsWhatTheCatalogueDoesNotKnow() {
        taken();
        stored.write(PAIR + "archive.tar.gz", "content".getBytes(UTF_8));
        var report = catalogue.compared();
        stored.write(PAIR + "manifest.json", "{}".getBytes(UTF_8));

        var swept = catalogue.swept(report.id());

        assertThat(report.differences()).extracting(Difference::kind).containsExactly(Kind.ORPHAN);
        assertThat(swept.sweep()).isEqualTo(Sweep.REFUSED);
        assertThat(swept.sweepRefusal()).contains("does not know");
        assertThat(stored.names(PAIR)).hasSize(2);
        assertThat(kinds(catalogue.compared())).containsExactly(Kind.UNKNOWN);
    }

    private static List<Kind> kinds(BucketComparisonView compared) {
        return compared.differences().stream().map(Difference::kind).toList();
    }

    /** Of the same size, before anybody compared anything. Of it people are told by the reading that follows. */
    @Test
    void seesWhatWasWrittenOverBeforeTheFirstComparisonAndHasItRead() {
        var backup = taken();
        var content = stored.read(archive(backup));
        content[content.length / 2] ^= 1;
        stored.write(archive(backup), content);

        var compared = catalogue.compared();

        assertThat(compared.differences())
                .extracting(Difference::object, Difference::kind)
                .containsExactly(tuple(archive(backup), Kind.CHANGED));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(client.backup(backup.id()).status()).isEqualTo(BackupView.Status.CORRUPTED));
    }

    /** As by a copy of the bucket that sends small objects in one piece: the entity tags are others, and nothing is wrong. */
    @Test
    void whatWasReadAndIsWholeDiffersNoMore() {
        var backup = taken();
        stored.write(archive(backup), stored.read(archive(backup)));
        stored.write(manifest(backup), stored.read(manifest(backup)));
        var before = catalogue.compared();

        client.verificationEnded(client.verify(backup.id()));

        assertThat(kinds(before)).containsExactly(Kind.CHANGED, Kind.CHANGED);
        assertThat(catalogue.compared().differences()).isEmpty();
        assertThat(client.backup(backup.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    /** Of the same size, so that only what the storage calls the content tells. */
    @Test
    void seesWhatWasWrittenOver() {
        var backup = taken();
        catalogue.compared();
        var content = stored.read(manifest(backup));
        content[content.length / 2] ^= 1;
        stored.write(manifest(backup), content);

        var compared = catalogue.compared();

        assertThat(compared.differences())
                .extracting(Difference::object, Difference::kind)
                .containsExactly(tuple(manifest(backup), Kind.CHANGED));
    }
}
