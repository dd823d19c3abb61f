package io.everstate.backup;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
import io.everstate.backup.testing.Tree;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import io.everstate.contracts.backup.RestoreReport.Removal;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A restore that is over is taken back. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@Tag("BD9")
class RollbackIT {
    private static final int SOMEBODY = 54321;

    @TestHTTPResource
    URI service;

    private BackupClient client;
    private ScratchWorkspace workspace;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.anew(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
    }

    /** With modes, times of writing and owners. */
    @Test
    void putsBackWhatWasReplacedAndRemovesWhatWasAdded() throws IOException {
        workspace.write("models/v1/weights", "1 2 3");
        var backup = client.completed(client.take("FULL")).id();
        Tree.empty(workspace.path("models"));
        Files.delete(workspace.path("models"));
        workspace.write(".env", "API_KEY=other\n");
        Files.setPosixFilePermissions(workspace.path(".env"), PosixFilePermissions.fromString("rw-rw-r--"));
        giveAway(workspace.path(".env"));
        var before = Tree.of(workspace.root());
        var owner = owner(workspace.path(".env"));
        var restore = restored(backup, null);
        var after = Tree.of(workspace.root());
        assertThat(after).isNotEqualTo(before);

        var dry = client.rolledBack(restore, Map.of("dryRun", true));

        assertThat(dry.status()).as(dry.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(Tree.of(workspace.root())).isEqualTo(after);
        var effects = client.differences(dry.id()).values().stream()
                .collect(toMap(RestoreDifference::path, RestoreDifference::effect));
        assertThat(effects)
                .containsEntry("models", Effect.REMOVED)
                .containsEntry("models/v1/weights", Effect.REMOVED)
                .containsEntry(".env", Effect.CHANGED)
                .containsEntry("scripts/start.sh", Effect.SAME);
        assertThat(dry.report().differences()).containsEntry(Effect.REMOVED, 3L);

        var rollback = client.rolledBack(restore, Map.of());

        assertThat(rollback.status()).as(rollback.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(rollback.rollbackOf()).isEqualTo(restore);
        assertThat(rollback.report().removal())
                .isEqualTo(new Removal(List.of("models", "models/v1", "models/v1/weights"), List.of(), List.of()));
        assertThat(Tree.of(workspace.root())).isEqualTo(before);
        assertThat(owner(workspace.path(".env"))).isEqualTo(owner);
        assertThat(client.refusedRollback(restore).detail())
                .contains("it was rolled back already, by restore " + rollback.id());
    }

    @Test
    void keepsWhatWasWrittenSinceAndNamesIt() throws IOException {
        workspace.write("models/weights", "1 2 3");
        workspace.write("models/names", "a b c");
        var backup = client.completed(client.take("FULL")).id();
        Tree.empty(workspace.path("models"));
        Files.delete(workspace.path("models"));
        var restore = restored(backup, null);
        workspace.write("models/weights", "learned since");
        workspace.write("models/own", "never in a backup");

        var rollback = client.rolledBack(restore, Map.of());

        assertThat(rollback.report().removal())
                .isEqualTo(new Removal(List.of("models/names"), List.of("models/weights"), List.of()));
        assertThat(workspace.content())
                .containsEntry("models/weights", "learned since")
                .containsEntry("models/own", "never in a backup")
                .doesNotContainKey("models/names");
    }

    /** What a bot wrote in the days since would be in a safety backup alone, and nobody would have been told. */
    @Test
    void replacesWhatWasWrittenSinceOnlyWhereThatIsWanted() {
        var backup = client.completed(client.take("FULL")).id();
        workspace.write(".env", "API_KEY=other\n");
        var restore = restored(backup, List.of(".env", "logs"));
        workspace.write("logs/trading.log", "traded since\n");
        var now = workspace.content();

        var dry = client.rolledBack(restore, Map.of("dryRun", true));
        var refused = client.rolledBack(restore, Map.of());

        assertThat(List.of(dry, refused)).allSatisfy(one -> {
            assertThat(one.status()).isEqualTo(RestoreView.Status.FAILED);
            assertThat(one.failure()).contains("only with overwriteWritten: logs/trading.log");
            assertThat(one.report().removal().overwritten()).containsExactly("logs/trading.log");
        });
        assertThat(workspace.content()).isEqualTo(now);
        assertThat(client.differences(dry.id()).get("logs/trading.log").effect())
                .isEqualTo(Effect.WRITTEN);
        assertThat(client.differences(dry.id()).get(".env").effect()).isEqualTo(Effect.CHANGED);

        var wanted = client.rolledBack(restore, Map.of("overwriteWritten", true));

        assertThat(wanted.status()).as(wanted.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(wanted.report().removal().overwritten()).containsExactly("logs/trading.log");
        assertThat(workspace.read(".env")).isEqualTo("API_KEY=other\n");
        assertThat(workspace.read("logs/trading.log")).isNotEqualTo("traded since\n");
    }

    /** What it removed comes back, what it put back is what it replaced again; then the first restore stands as before. */
    @Test
    void takesARollbackBack() throws IOException {
        workspace.write("models/weights", "1 2 3");
        var backup = client.completed(client.take("FULL")).id();
        Tree.empty(workspace.path("models"));
        Files.delete(workspace.path("models"));
        workspace.write(".env", "API_KEY=other\n");
        var before = workspace.content();
        var restore = restored(backup, null);
        var restored = workspace.content();
        var rollback = client.rolledBack(restore, Map.of());

        var again = client.rolledBack(rollback.id(), Map.of());

        assertThat(again.status()).as(again.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(restored);
        assertThat(client.refusedRollback(rollback.id()).detail())
                .contains("it was rolled back already, by restore " + again.id());
        assertThat(client.rolledBack(restore, Map.of()).status()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(before);
    }

    /** What the restore did not touch goes on. */
    @Test
    void leavesWhatTheRestoreWasNotAskedFor() {
        var backup = client.completed(client.take("FULL")).id();
        workspace.write(".env", "API_KEY=other\n");
        var restore = restored(backup, List.of(".env"));
        workspace.write("logs/trading.log", "line three\n");

        client.rolledBack(restore, Map.of());

        assertThat(workspace.read(".env")).isEqualTo("API_KEY=other\n");
        assertThat(workspace.read("logs/trading.log")).isEqualTo("line three\n");
    }

    @Test
    void refusesWhatCannotBeTakenBack() {
        var backup = client.completed(client.take("FULL")).id();
        var dry = client.ended(Map.of("backupId", backup, "dryRun", true)).id();
        var elsewhere =
                client.ended(Map.of("backupId", backup, "to", "rollback-it")).id();
        var failed = client.ended(Map.of("backupId", backup, "paths", List.of("not/in/it")))
                .id();
        var first = restored(backup, List.of(".env"));
        var other = restored(backup, List.of("configs"));
        var second = restored(backup, List.of(".env", "logs"));

        assertAll(
                () -> assertThat(client.refusedRollback(UUID.randomUUID()).status())
                        .isEqualTo(404),
                () -> assertThat(client.refusedRollback(dry).detail()).contains("it was a dry run"),
                () -> assertThat(client.refusedRollback(elsewhere).detail())
                        .contains("it put its files into rollback-it"),
                () -> assertThat(client.refusedRollback(failed).detail()).contains("it is FAILED"),
                () -> assertThat(client.refusedRollback(first).detail())
                        .contains("restore " + second + " came after it"));
        assertThat(client.rolledBack(other, Map.of()).status()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(client.rolledBack(second, Map.of()).status()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(client.rolledBack(first, Map.of()).status()).isEqualTo(RestoreView.Status.COMPLETED);
    }

    @Test
    void keepsWhatARollbackNeedsUntilItIsTaken() {
        var backup = client.completed(client.take("FULL")).id();
        var restore = client.restoreEnded(client.restore(backup, List.of(".env")));
        client.completed(client.take("FULL")); // else they stay for other reasons

        assertThat(kept(restore.safetyBackupId())).contains("restore " + restore.id() + " can be rolled back until");
        assertThat(kept(backup)).contains("restore " + restore.id() + " can be rolled back until");
        var rollback = client.rolledBack(restore.id(), Map.of());
        client.completed(client.take("FULL")); // else its safety backup is the newest of all

        assertThat(kept(restore.safetyBackupId())).contains("restore " + rollback.id() + " can be rolled back until");
        assertThat(kept(rollback.safetyBackupId())).contains("restore " + rollback.id() + " can be rolled back until");
        assertThat(kept(backup)).doesNotContain("can be rolled back");
    }

    /** What retention would say to a request to give it up. */
    private String kept(UUID backup) {
        return client.retentionPlan("default", backup).decisions().stream()
                .filter(decision -> decision.backupId().equals(backup))
                .map(decision -> decision.why())
                .findFirst()
                .orElseThrow();
    }

    private UUID restored(UUID backup, @Nullable List<String> paths) {
        var restore = client.restoreEnded(client.restore(backup, paths));
        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        return restore.id();
    }

    /** Only root may. */
    private static void giveAway(Path file) throws IOException {
        if (owner(file) == 0) {
            Files.setAttribute(file, "unix:uid", SOMEBODY);
        }
    }

    private static int owner(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
