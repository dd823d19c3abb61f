package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.backup.testing.Tree;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Restores of some kinds of files, and into directories that are no workspaces. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@Tag("BD9")
class RestoreElsewhereIT {
    @TestHTTPResource
    URI service;

    private BackupClient client;
    private ScratchWorkspace workspace;
    private Path root;
    private String to;

    @BeforeEach
    void freshWorkspace() {
        var configuration = ConfigProvider.getConfig();
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(configuration.getValue("everstate.workspaces.default.directory", String.class)));
        root = Path.of(configuration.getValue("everstate.restore.elsewhere-root", String.class));
        to = "look/" + UUID.randomUUID();
    }

    @Test
    void putsAllOfAChainIntoANewDirectoryAndLeavesTheWorkspaceAlone() {
        client.completed(client.take("FULL"));
        workspace.write("scripts/new.sh", "#!/bin/sh\n");
        workspace.delete("logs/trading.log");
        var backup = client.completed(client.take("INCREMENTAL"));
        var then = Tree.of(workspace.root());
        workspace.write(".env", "API_KEY=other\n");
        var now = Tree.of(workspace.root());

        var restore = client.ended(Map.of("backupId", backup.id(), "to", to));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(restore.to()).isEqualTo(to);
        assertThat(restore.safetyBackupId()).as("nothing is replaced").isNull();
        assertThat(restore.freshBackup()).isNull();
        assertThat(Tree.of(root.resolve(to))).isEqualTo(then);
        assertThat(root.resolve(to).resolve(".everstate")).doesNotExist();
        assertThat(Tree.of(workspace.root())).isEqualTo(now);
    }

    @Test
    void neverPutsAnythingIntoADirectoryThatHoldsSomething() throws IOException {
        var backup = client.completed(client.take("FULL"));
        Files.createDirectories(root.resolve(to));
        Files.writeString(root.resolve(to).resolve("file"), "there before");

        var refusal = client.refusedRestore(Map.of("backupId", backup.id(), "to", to));

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.detail()).contains("is not empty");
        assertThat(Tree.of(root.resolve(to))).containsOnlyKeys("file");
        assertThat(client.refusedRestore(Map.of("backupId", backup.id(), "to", "../outside"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void leavesNothingBehindWhenItFails() {
        var backup = client.completed(client.take("FULL"));

        var restore = client.ended(Map.of("backupId", backup.id(), "to", to, "paths", List.of("no/such/file")));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(root.resolve(to)).doesNotExist();
        assertThat(root.resolve(to).getParent()).isEmptyDirectory();
    }

    @Test
    void restoresTheFilesOfACategory() {
        var backup = client.completed(client.take("FULL"));
        workspace.write("logs/bot_state.json", "{}");
        workspace.write("logs/trading.log", "");
        workspace.delete(".env");
        workspace.write("configs/alert_config.json", "{}");

        var restore = client.ended(Map.of("backupId", backup.id(), "categories", List.of("CONFIG", "LOGS")));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(restore.files())
                .containsExactlyInAnyOrder(
                        ".env", "configs/alert_config.json", "configs/bybit_x_config.json", "logs/trading.log");
        assertThat(workspace.read("logs/bot_state.json"))
                .as("state was not asked for")
                .isEqualTo("{}");
        assertThat(workspace.read("logs/trading.log")).isEqualTo("line one\nline two\n");
        assertThat(restore.freshBackup()).isNull();
    }

    @Test
    void refusesACategoryOfWhichTheBackupHoldsNothing() {
        var backup = client.completed(client.take("CONFIG_ONLY"));

        var restore = client.ended(Map.of("backupId", backup.id(), "categories", List.of("STATE")));

        assertThat(restore.status()).isEqualTo(RestoreView.Status.FAILED);
        assertThat(restore.failure()).isEqualTo("the backup holds nothing that is STATE here");
        assertThat(client.refusedRestore(Map.of(
                                "backupId", backup.id(), "categories", List.of("STATE"), "paths", List.of(".env")))
                        .status())
                .isEqualTo(400);
    }
}
