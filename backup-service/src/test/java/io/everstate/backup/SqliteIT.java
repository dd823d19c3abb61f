package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.Ledger;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Surroundings;
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
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database of a bot that runs, through the whole service and back. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
class SqliteIT {
    @TestHTTPResource
    URI service;

    private BackupClient client;
    private ScratchWorkspace workspace;
    private Path database;

    @BeforeEach
    void freshWorkspace() {
        client = new BackupClient(service);
        workspace = ScratchWorkspace.in(
                Path.of(ConfigProvider.getConfig().getValue("everstate.workspaces.default.directory", String.class)));
        database = workspace.path("tradesv3.sqlite");
    }

    @AfterEach
    void removeTheDatabase() throws IOException {
        for (var suffix : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(workspace.path("tradesv3.sqlite" + suffix));
        }
    }

    /** Its log, left by a kill, is of a later time than the backup: beside the restored database it would destroy it. */
    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    @Tag("BD7")
    @Tag("BD9")
    void restoresTheDatabaseOfABotThatWasKilledLaterAndBringsBackWhatItReplaced(String journal) {
        var bot = Ledger.amidATransaction(database, journal, "normal");
        var committed = bot.committed();
        var backup = client.completed(client.take("FULL"));
        bot.kill();
        var left = workspace.content();

        var restore = client.restoreEnded(client.restore(backup.id(), List.of("tradesv3.sqlite")));

        assertThat(restore.status()).as(restore.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.path("tradesv3.sqlite-wal")).doesNotExist();
        assertThat(workspace.path("tradesv3.sqlite-journal")).doesNotExist();
        assertThat(Ledger.check(database)).isEqualTo(committed);

        var back = client.restoreEnded(client.restore(restore.safetyBackupId(), List.of("tradesv3.sqlite")));

        assertThat(back.status()).as(back.failure()).isEqualTo(RestoreView.Status.COMPLETED);
        assertThat(workspace.content()).isEqualTo(left);
        assertThat(Ledger.check(database)).isEqualTo(committed);
    }
}
