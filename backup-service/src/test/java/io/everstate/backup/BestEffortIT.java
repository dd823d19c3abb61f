package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.ArchiveWriter;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.archive.Samples.Stored;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.PlantedBackup;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreReport.Check;
import io.everstate.contracts.backup.RestoreReport.Subject;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left of a damaged archive. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@Tag("BD9")
class BestEffortIT {
    private static final int SIZE = 900_000;

    @TestHTTPResource
    URI service;

    @Inject
    DataSource database;

    @Inject
    ArchiveStore store;

    private final Stored stored = Samples.archive(writer -> {
        for (var i = 0; i < 8; i++) {
            add(writer, "models/" + i, i);
        }
        Samples.file(writer, "scripts/start.sh", "#!/bin/sh\n");
    });
    private BackupClient client;
    private ScratchWorkspace workspace;

    private static void add(ArchiveWriter writer, String path, int seed) throws IOException {
        var content = content(seed);
        writer.file(Samples.entry(path, EntryType.FILE, content, null), new ByteArrayInputStream(content));
    }

    private static byte[] content(int seed) {
        var content = new byte[SIZE];
        new Random(seed).nextBytes(content);
        return content;
    }

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
    }

    @Test
    void restoresWhatLiesBeforeAndBehindADamagedBlockAndNamesWhatIsLost() {
        var damaged = stored.archive().clone();
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 512, (byte) 0);
        var planted = plant(damaged);
        workspace.write("models/4", "as it is now");
        assertThat(client.ended(Map.of("backupId", planted)).status())
                .as("else it is refused")
                .isEqualTo(RestoreView.Status.FAILED);
        assertThat(client.backup(planted).status()).isEqualTo(BackupView.Status.CORRUPTED);
        assertThat(client.refusedRestore(Map.of("backupId", planted)).status()).isEqualTo(422);

        var restore = client.ended(Map.of("backupId", planted, "bestEffort", true));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.PARTIAL);
        var lost = Objects.requireNonNull(restore.report()).lost();
        assertThat(lost).isNotEmpty().hasSizeLessThanOrEqualTo(3).isSubsetOf("models/3", "models/4", "models/5");
        assertThat(restore.files()).hasSize(9 - lost.size()).doesNotContainAnyElementsOf(lost);
        for (var file : restore.files()) {
            if (file.startsWith("models/")) {
                assertThat(workspace.path(file)).hasBinaryContent(content(Integer.parseInt(file.substring(7))));
            }
        }
        assertThat(workspace.read("scripts/start.sh")).isEqualTo("#!/bin/sh\n");
        if (lost.contains("models/4")) {
            assertThat(workspace.read("models/4")).isEqualTo("as it is now");
        }
        assertThat(restore.safetyBackupId()).isNotNull();
        assertThat(restore.report().checks())
                .filteredOn(check -> !check.passed())
                .extracting(Check::subject)
                .containsExactly(Subject.CONTENT);
    }

    @Test
    void restoresWhatLiesBeforeACutEndAndSaysBeforehandWhatWouldBeLost() {
        var planted = plant(Arrays.copyOf(stored.archive(), stored.archive().length - (3 << 20)));

        var dry = client.ended(Map.of("backupId", planted, "bestEffort", true, "dryRun", true));
        var restore = client.ended(Map.of("backupId", planted, "bestEffort", true));

        assertThat(dry.status()).as(dry.failure()).isEqualTo(RestoreView.Status.PARTIAL);
        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.PARTIAL);
        assertThat(Objects.requireNonNull(restore.report()).lost())
                .isEqualTo(Objects.requireNonNull(dry.report()).lost())
                .contains("models/7", "scripts/start.sh")
                .doesNotContain("models/0", "models/1", "models/2");
        assertThat(workspace.path("models/0")).hasBinaryContent(content(0));
        assertThat(workspace.path("models/7")).doesNotExist();
        assertThat(client.backup(planted).status()).isEqualTo(BackupView.Status.CORRUPTED);
    }

    @Test
    void isAnOrdinaryRestoreOfAnArchiveThatIsWhole() {
        var planted = plant(stored.archive());

        var restore = client.ended(Map.of("backupId", planted, "bestEffort", true));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(restore.files()).hasSize(9);
        assertThat(client.backup(planted).status()).isEqualTo(BackupView.Status.COMPLETED);
    }

    @Test
    void failsWhenNothingIsLeft() {
        var planted = plant(new byte[100]);
        var before = workspace.content();

        var restore = client.ended(Map.of("backupId", planted, "bestEffort", true));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(restore.failure()).isEqualTo("nothing is left of what was asked for");
        assertThat(workspace.content()).isEqualTo(before);
    }

    private UUID plant(byte[] archive) {
        return new PlantedBackup(database, store).plant("default", archive, stored.manifest());
    }
}
