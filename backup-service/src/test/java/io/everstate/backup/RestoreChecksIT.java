package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.PlantedBackup;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.RestoreReport.Check;
import io.everstate.contracts.backup.RestoreReport.Subject;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a restore finds out before it changes anything. No more than 20 MiB may be restored at once here. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@Tag("BD9")
class RestoreChecksIT {
    @TestHTTPResource
    URI service;

    @Inject
    DataSource database;

    @Inject
    ArchiveStore store;

    private BackupClient client;
    private ScratchWorkspace workspace;
    private Map<String, String> before;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
        before = workspace.content();
    }

    @Test
    void namesWhatItLookedAt() {
        var backup = client.completed(client.take("FULL"));

        var restore = client.ended(Map.of("backupId", backup.id(), "paths", List.of(".env")));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(checks(restore)).allMatch(Check::passed);
        assertThat(checks(restore))
                .extracting(Check::subject)
                .containsExactly(Subject.KEY, Subject.NAMES, Subject.LIMITS, Subject.SPACE, Subject.CONTENT);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"../outside", "/outside", "configs/../../outside", ".everstate/lock", "a/./b"})
    void refusesAnArchiveWithANameThatLeavesTheWorkspace(String path) {
        var restore = restored(Samples.sized(path, 0));

        assertRefused(restore, Subject.NAMES, path);
        assertThat(workspace.root().resolveSibling("outside")).doesNotExist();
    }

    @Test
    void refusesAnArchiveThatHoldsANameTwice() {
        var restore = restored(Samples.sized(".env", 1), Samples.sized(".env", 2));

        assertRefused(restore, Subject.NAMES, "holds workspace/.env twice");
    }

    @Test
    void saysAllAtOnceOfAnArchiveThatUnpacksToMoreThanThereIsRoomFor() {
        var restore = restored(Samples.sized("bomb", 1L << 60));

        assertRefused(restore, Subject.LIMITS, "everstate.restore.max-bytes allows 20971520");
        assertThat(restore.failure()).contains("SPACE: ").contains("are free");
    }

    @Test
    void refusesToRestoreMoreThanIsAllowed() {
        workspace.write("models/weights.bin", new byte[21 << 20]);
        var backup = client.completed(client.take("FULL"));
        before = workspace.content();

        assertRefused(client.ended(Map.of("backupId", backup.id())), Subject.LIMITS, "max-bytes");
        assertThat(client.ended(Map.of("backupId", backup.id(), "paths", List.of(".env")))
                        .status())
                .isEqualTo(RestoreView.Status.COMPLETED);
    }

    @Test
    void namesAnArchiveThatIsNotWhatWasWritten() {
        var stored = Samples.archive(writer -> Samples.file(writer, ".env", "A=1\n"));
        var damaged = stored.archive().clone();
        damaged[damaged.length / 2] ^= 1;

        var restore = client.ended(
                Map.of("backupId", new PlantedBackup(database, store).plant("default", damaged, stored.manifest())));

        assertRefused(restore, Subject.CONTENT, "the archive");
    }

    /** A file stands where the service keeps what it stages: nothing can be written, and the restore says so and ends. */
    @Test
    void endsWhereNothingCanBeStaged() throws IOException {
        var backup = client.completed(client.take("CONFIG_ONLY"));
        var own = workspace.path(".everstate");
        Files.writeString(own, "not a directory");
        try {
            var restore = client.ended(Map.of("backupId", backup.id()));

            assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
            assertThat(restore.failure()).contains("cannot be written");
        } finally {
            Files.delete(own);
        }
    }

    private RestoreView restored(Entry... forged) {
        var stored = Samples.archive(writer -> {});
        var manifest = stored.manifest();
        var entries =
                Stream.concat(manifest.entries().stream(), Stream.of(forged)).toList();
        var said =
                new Manifest(manifest.formatVersion(), manifest.backup(), manifest.archive(), entries, List.of(), null);
        UUID planted = new PlantedBackup(database, store).plant("default", stored.archive(), said);
        return client.ended(Map.of("backupId", planted));
    }

    private void assertRefused(RestoreView restore, Subject subject, String detail) {
        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(restore.failure()).contains(detail);
        assertThat(checks(restore))
                .filteredOn(check -> !check.passed())
                .extracting(Check::subject)
                .contains(subject);
        assertThat(restore.safetyBackupId()).as("nothing was taken before").isNull();
        assertThat(workspace.content()).isEqualTo(before);
    }

    private static List<Check> checks(RestoreView restore) {
        assertThat(restore.report()).isNotNull();
        return restore.report().checks();
    }
}
