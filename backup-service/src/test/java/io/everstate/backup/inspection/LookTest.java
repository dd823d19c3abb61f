package io.everstate.backup.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.testing.Ledger;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.FileCondition;
import io.everstate.backup.workspace.SpoolException;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

@Tag("BD10")
class LookTest {
    private static final String LARGE = "[\"" + "x".repeat(2 << 20) + "\"]";

    @TempDir
    Path directory;

    private ScratchWorkspace files;

    @BeforeEach
    void workspace() {
        files = ScratchWorkspace.in(directory.resolve("workspace"));
    }

    private static Look look(Path root, String path, Path spool) {
        var clock = Clock.systemUTC();
        var databases = new DatabaseCopier(spool, Duration.ofSeconds(1), clock);
        return Look.at(Workspaces.at(root), path, databases, new StableCopy(clock), spool);
    }

    private Condition look(String path, Path spool) {
        return look(files.root(), path, spool).condition().condition();
    }

    @Test
    void seesALargeSoundFile() {
        files.write("logs/bot_state.json", LARGE);

        assertThat(look("logs/bot_state.json", directory.resolve("spool"))).isEqualTo(Condition.OK);
    }

    /** The spool's disk is the service's own: what befalls it must not be taken for damage of a sound file. */
    @Test
    void isNoLookWhenTheSpoolCannotBeWritten() throws IOException {
        files.write("logs/bot_state.json", LARGE);
        var noDirectory = Files.writeString(directory.resolve("spool"), "in the way");

        assertThatThrownBy(() -> look("logs/bot_state.json", noDirectory)).isInstanceOf(SpoolException.class);
    }

    @Test
    void hasSqliteLookAtADatabase() throws IOException, SQLException {
        var database = database("trades.db");

        var sound = look(files.root(), "trades.db", directory);
        overwriteAPage(database);
        var damaged = look(files.root(), "trades.db", directory);

        assertThat(sound.condition()).isEqualTo(FileCondition.OK);
        assertThat(damaged.condition().condition()).isEqualTo(Condition.UNREADABLE);
        assertThat(damaged.condition().explanation()).startsWith("it is damaged");
        assertThat(damaged.size()).isEqualTo(sound.size());
        assertThat(damaged.sha256()).isNotEqualTo(sound.sha256());
    }

    /** Recovery restores over what is called damaged, and that SQLite must not bring a database in order is no damage. */
    @Test
    void doesNotCallADatabaseDamagedThatCannotBeCopied() throws IOException {
        Ledger.amidATransaction(files.path("trades.db"), "delete", "normal").kill();
        Files.write(
                files.path("trades.db-journal"),
                ByteBuffer.allocate(Long.BYTES).putLong(0xd9d5_05f9_20a1_63d7L).array(),
                StandardOpenOption.APPEND);

        assertThat(look(files.root(), "trades.db", directory).condition().condition())
                .isEqualTo(Condition.INACCESSIBLE);
    }

    @Test
    void seesTheSameSizeAndSumOfAnUnchangedDatabase() throws IOException, SQLException {
        database("trades.db");

        var first = look(files.root(), "trades.db", directory);
        var second = look(files.root(), "trades.db", directory);

        assertThat(second).isEqualTo(first);
    }

    private Path database(String name) throws SQLException {
        var database = files.path(name);
        try (var connection = new SQLiteConfig(new Properties()).createConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            statement.execute("create table trades (id integer primary key, note text)");
            statement.execute(
                    "insert into trades with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) select i, hex(randomblob(200)) from n");
        }
        return database;
    }

    private static void overwriteAPage(Path database) throws IOException {
        try (var file = Files.newByteChannel(database, StandardOpenOption.WRITE)) {
            file.position(3 * 4096).write(ByteBuffer.wrap("noise".repeat(800).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void doesNotCallALinkDamaged() throws IOException {
        Files.move(files.path(".env"), directory.resolve("env"));
        Files.createSymbolicLink(files.path(".env"), directory.resolve("env"));

        assertThat(look(".env", directory)).isEqualTo(Condition.INACCESSIBLE);
    }

    @Test
    void missesAFileThatIsNotThere() {
        files.delete(".env");

        assertThat(look(".env", directory)).isEqualTo(Condition.MISSING);
    }

    /** In a process of its own, which is given few file descriptors and uses them up. */
    @Test
    void isNoLookWhenTheProcessIsOutOfFileDescriptors() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 1000 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-MaxFDLimit",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StarvedLook.class.getName(),
                        files.root().toString())
                .redirectErrorStream(true)
                .start();

        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
