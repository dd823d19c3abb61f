package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore must not destroy, and what must not stop it. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
class RestoreSafetyIT {
    @TestHTTPResource
    URI service;

    @Inject
    DataSource database;

    @TempDir
    Path directory;

    private BackupClient client;
    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
    }

    /** What FULL leaves out is destroyed by this restore all the same. */
    @Test
    @Tag("BD9")
    void theSafetyBackupHoldsWhatIsReplacedAlsoWhenItIsExcluded() {
        var excluding = ScratchWorkspace.in(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.excluding.directory", String.class)));
        var backup = client.completed(client.take("excluding", "STATE_ONLY"));
        excluding.write("logs/bot_state.json", "{\"newer\":true}");

        var restore = client.restoreEnded(client.restore(backup.id(), null));
        assertThat(excluding.read("logs/bot_state.json")).contains("balance");
        var back = client.restoreEnded(client.restore(restore.safetyBackupId(), null));

        assertThat(back.status()).as(back.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(excluding.read("logs/bot_state.json")).isEqualTo("{\"newer\":true}");
    }

    @Test
    void takesALinkToTheWorkspaceForTheWorkspace() throws Exception {
        var real = directory.resolve("moved");
        Files.move(workspace.root(), real);
        Files.createSymbolicLink(workspace.root(), real);
        try {
            var backup = client.completed(client.take("FULL"));
            workspace.write(".env", "");

            var restore = client.restoreEnded(client.restore(backup.id(), List.of(".env")));

            assertThat(backup.files()).isEqualTo(9);
            assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
            assertThat(real.resolve(".env")).hasContent("API_KEY=abc\nMODE=paper");
        } finally {
            Files.delete(workspace.root());
            Files.move(real, workspace.root());
        }
    }

    /** Whoever can write to a workspace can make a directory there; which restores there are the catalogue knows. */
    @Test
    void leavesAloneWhatOnlyLooksLikeARestore() throws Exception {
        var other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("precious"), "not ours");
        var forged = workspace.path(".everstate/restore-" + UUID.randomUUID());
        Files.createDirectories(forged);
        Files.createSymbolicLink(forged.resolve("staged"), other);

        client.completed(client.take("CONFIG_ONLY"));

        assertThat(other.resolve("precious")).exists();
        assertThat(forged).exists();
        Files.delete(forged.resolve("staged"));
        Files.delete(forged);
    }

    @Test
    void anOrderThatCannotBeReadEndsAndDoesNotStopItsWorkspace() throws Exception {
        var backup = client.completed(client.take("CONFIG_ONLY"));
        var order = TimeOrderedUuid.at(Instant.now());
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("""
                        insert into restore (id, backup_id, workspace, paths, status, step, requested_by, requested_at, files)
                        values (?, ?, 'default', '[null]', 'RUNNING', 'WAITING', 'somebody', now(), '[]')""")) {
            statement.setObject(1, order);
            statement.setObject(2, backup.id());
            statement.executeUpdate();
        }

        var ended = client.restoreEnded(order);

        assertThat(ended.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(ended.failure()).startsWith("the order cannot be read");
        client.completed(client.take("CONFIG_ONLY"));
    }
}
