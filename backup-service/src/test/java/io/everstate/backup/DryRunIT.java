package io.everstate.backup;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.Samples;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.PlantedBackup;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.backup.testing.Tree;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import io.everstate.contracts.backup.RestoreReport.Check;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A restore that only says what it would do. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@Tag("BD9")
class DryRunIT {
    @TestHTTPResource
    URI service;

    @Inject
    DataSource database;

    @Inject
    ArchiveStore store;

    private BackupClient client;
    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
    }

    @Test
    void tellsWhatTheRestoreThenDoesAndWritesNothing() {
        var full = client.completed(client.take("FULL"));
        workspace.write("scripts/new.sh", "#!/bin/sh\n");
        var backup = client.completed(client.take("INCREMENTAL"));
        workspace.write(".env", "API_KEY=other\n");
        workspace.delete("scripts/start.sh");
        workspace.write("notes.txt", "not in the backup");
        var before = Tree.of(workspace.root());

        var dry = client.ended(Map.of("backupId", backup.id(), "dryRun", true));

        assertThat(dry.status()).as(dry.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(dry.dryRun()).isTrue();
        assertThat(dry.safetyBackupId()).isNull();
        assertThat(dry.files()).isEmpty();
        assertThat(Tree.of(workspace.root())).isEqualTo(before);
        assertThat(workspace.path(".everstate")).doesNotExist();
        assertThat(client.backup(full.id()).status()).isEqualTo(BackupView.Status.COMPLETED);
        assertThat(dry.report().checks()).hasSize(5).allMatch(Check::passed);
        var effects = client.differences(dry.id()).values().stream()
                .collect(toMap(RestoreDifference::path, RestoreDifference::effect));
        assertThat(effects)
                .containsEntry(".env", Effect.CHANGED)
                .containsEntry("scripts/start.sh", Effect.ADDED)
                .containsEntry("scripts/new.sh", Effect.SAME)
                .containsEntry("notes.txt", Effect.UNTOUCHED);
        assertThat(dry.report().differences())
                .containsEntry(Effect.CHANGED, 1L)
                .containsEntry(Effect.ADDED, 1L)
                .containsEntry(Effect.UNTOUCHED, 1L)
                .containsEntry(Effect.SAME, effects.size() - 3L);

        var restore = client.ended(Map.of("backupId", backup.id()));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(restore.bytesTotal()).isEqualTo(full.archiveBytes() + backup.archiveBytes());
        assertThat(List.of(restore, dry))
                .allSatisfy(one -> assertThat(one.bytesDone()).isEqualTo(restore.bytesTotal()));
        var after = client.ended(Map.of("backupId", backup.id(), "dryRun", true));
        assertThat(after.report().differences()).containsOnlyKeys(Effect.SAME, Effect.UNTOUCHED);
    }

    @Test
    void tellsOnlyOfWhatIsAskedFor() {
        var backup = client.completed(client.take("FULL"));
        workspace.write("configs/new.json", "{}");

        var dry = client.ended(Map.of("backupId", backup.id(), "dryRun", true, "paths", List.of("configs")));

        assertThat(client.differences(dry.id()).keySet())
                .containsExactlyInAnyOrder(
                        "configs", "configs/alert_config.json", "configs/bybit_x_config.json", "configs/new.json");
    }

    /** It verifies while it reads: a damaged archive is found before anybody relies on it. */
    @Test
    void findsAnArchiveThatIsNotWhatWasWritten() {
        var stored = Samples.archive(writer -> Samples.file(writer, ".env", "A=1\n"));
        var damaged = stored.archive().clone();
        damaged[damaged.length / 2] ^= 1;
        var planted = new PlantedBackup(database, store).plant("default", damaged, stored.manifest());

        var dry = client.ended(Map.of("backupId", planted, "dryRun", true));

        assertThat(dry.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(client.backup(planted).status()).isEqualTo(BackupView.Status.CORRUPTED);
        assertThat(workspace.path(".everstate")).doesNotExist();
    }
}
