package io.everstate.backup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.sqlite.DatabaseCopier.Result;
import io.everstate.backup.sqlite.DatabaseCopier.Result.Copied;
import io.everstate.backup.sqlite.DatabaseCopier.Result.Refused;
import io.everstate.backup.testing.Ledger;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.SqliteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;

@Tag("BD7")
class DatabaseCopierTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path workspace;
    private Path database;
    private Path spoolDirectory;

    @BeforeEach
    void places() throws IOException {
        workspace = Files.createDirectory(directory.resolve("workspace"));
        database = workspace.resolve("odd name %41#.sqlite");
        spoolDirectory = directory.resolve("spool");
    }

    /** What a copy is for: nothing that was committed before it began is missing, and nothing of it is torn. */
    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete", "truncate", "persist"})
    void holdsAllThatWasCommittedWhileAnotherProcessWrites(String journal) throws IOException {
        try (var ledger = Ledger.writing(database, journal)) {
            for (var i = 0; i < 20; i++) {
                var committed = ledger.committed();

                var result = copy(DEADLINE);

                assertThat(result).isInstanceOf(Copied.class);
                assertThat(Ledger.check(restored())).isGreaterThanOrEqualTo(committed);
                ledger.awaitCommits(committed + 1);
            }
        }
        assertThat(spoolDirectory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"wal, ONLINE_BACKUP", "delete, RECOVERED"})
    void holdsWhatWasCommittedBeforeTheWriterWasKilled(String journal, CopyMethod method) throws IOException {
        var ledger = Ledger.amidATransaction(database, journal, "normal");
        ledger.kill();
        var left = files();
        assertThat(left).as("log or journal of the killed writer").hasSizeGreaterThan(1);

        var result = copy(DEADLINE);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Copied.class, copied -> assertThat(copied.method()).isEqualTo(method));
        assertThat(Ledger.check(restored())).isEqualTo(ledger.committed());
        assertThat(files()).isEqualTo(left);
    }

    /** Its log is left without the index that readers need, which a copy must not make. */
    @Test
    void copiesALogWithoutItsIndex() throws IOException {
        var ledger = Ledger.amidATransaction(database, "wal", "normal");
        ledger.kill();
        Files.delete(SqliteFiles.beside(database, "-shm"));
        var left = files();

        copy(DEADLINE);

        assertThat(Ledger.check(restored())).isEqualTo(ledger.committed());
        assertThat(files()).isEqualTo(left);
    }

    @Test
    void leavesNothingBesideADatabaseThatNobodyHasOpen() throws IOException, SQLException {
        sql("pragma journal_mode=wal", "create table trades (id integer primary key)", "insert into trades values (1)");
        var left = files();

        var result = copy(DEADLINE);

        assertThat(result).isInstanceOf(Copied.class);
        assertThat(files()).isEqualTo(left).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    void copiesWhatIsLockedForGoodAndNotWrittenTo(String journal) throws IOException {
        try (var ledger = Ledger.amidATransaction(database, journal, "exclusive")) {
            var result = copy(Duration.ofSeconds(1));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            Copied.class, copied -> assertThat(copied.method()).isEqualTo(CopyMethod.RECOVERED));
            assertThat(Ledger.check(restored())).isEqualTo(ledger.committed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wal", "delete"})
    void givesUpOnWhatIsLockedForGoodAndWrittenToWithoutAnEnd(String journal) throws IOException {
        try (var _ = Ledger.amidATransaction(database, journal, "exclusive");
                var spool = new Spool(spoolDirectory)) {
            var copier = new DatabaseCopier(spoolDirectory, Duration.ofMillis(300), new TouchingClock(database));

            var result = copier.copy(database, spool);

            assertThat(result).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.damaged()).isFalse();
                assertThat(refused.why()).contains("within PT0.3S");
            });
        }
    }

    /** Whenever somebody asks it for the time the file is written to. */
    private static final class TouchingClock extends Clock {
        private final Path file;
        private int count;

        TouchingClock(Path file) {
            this.file = file;
        }

        @Override
        public Instant instant() {
            try {
                Files.setLastModifiedTime(file, FileTime.fromMillis(++count));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Clock.systemUTC().instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void callsAPageOfNoiseDamage() throws IOException, SQLException {
        sql("create table trades (id integer primary key, note text)", many("trades"));
        overwrite(3 * 4096, "noise".repeat(800).getBytes(StandardCharsets.UTF_8));

        assertThat(copy(DEADLINE))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.damaged()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 100, 4096})
    void callsAFileThatIsCutOffDamage(int length) throws IOException, SQLException {
        sql("create table trades (id integer primary key, note text)", many("trades"));
        try (var file = Files.newByteChannel(database, StandardOpenOption.WRITE)) {
            file.truncate(length);
        }

        assertThat(copy(DEADLINE))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.damaged()).isTrue());
    }

    /** Its program did that, and may live with it; a backup of it is as good as the original. */
    @Test
    void doesNotCallAValueAgainstTheSchemaDamage() throws IOException, SQLException {
        sql(
                "create table trades (id integer primary key, pair text)",
                "insert into trades values (1, null)",
                "pragma writable_schema=on",
                "update sqlite_schema set sql = 'create table trades (id integer primary key, pair text not null check (pair > 5))'");

        assertThat(copy(DEADLINE)).isInstanceOf(Copied.class);
    }

    /** The schema is anybody's: an index of an expression that is slow on purpose does not hold up the service. */
    @Test
    void givesUpACheckThatTakesTooLong() throws IOException, SQLException {
        sql(
                "create table trades (id integer primary key)",
                "insert into trades with recursive n(i) as (select 1 union all select i + 1 from n where i < 300) select i from n",
                "create index slow on trades (length(replace(hex(zeroblob(200000 + id)), '0', 'ab')))");

        assertThat(copy(Duration.ofMillis(1))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.damaged()).isFalse();
            assertThat(refused.why()).containsIgnoringCase("interrupt");
        });
    }

    /** A journal may name another file, which SQLite deletes when it brings the database in order. */
    @Test
    void deletesNoFileThatAJournalNames() throws IOException {
        Ledger.amidATransaction(database, "delete", "normal").kill();
        var precious = Files.writeString(directory.resolve("precious"), "not the workspace's");
        Files.write(
                SqliteFiles.beside(database, "-journal"), superJournal(precious.toString()), StandardOpenOption.APPEND);

        var result = copy(DEADLINE);

        assertThat(precious).exists();
        assertThat(result).isInstanceOf(Refused.class);
    }

    /** Page number of the lock, name, length, sum of the bytes, magic. */
    private static byte[] superJournal(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        var sum = 0;
        for (var b : bytes) {
            sum += b;
        }
        return ByteBuffer.allocate(bytes.length + 20)
                .putInt(0x4000_0000 / 4096 + 1)
                .put(bytes)
                .putInt(bytes.length)
                .putInt(sum)
                .putLong(0xd9d5_05f9_20a1_63d7L)
                .array();
    }

    @Test
    void followsNoLink() throws IOException, SQLException {
        sql("create table trades (id integer primary key)");
        var elsewhere = Files.move(database, directory.resolve("elsewhere.sqlite"));
        Files.createSymbolicLink(database, elsewhere);

        assertThatThrownBy(() -> copy(DEADLINE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Connections.toOthers(database, Duration.ZERO)).isInstanceOf(SQLException.class);
    }

    @Test
    void removesWhatAProcessThatEndedHasLeft() throws IOException {
        var left = Files.createDirectories(spoolDirectory.resolve("everstate-sqlite-123"));
        Files.writeString(left.resolve("lock"), "");
        Files.writeString(left.resolve("copy"), "half a database");
        Files.setLastModifiedTime(
                left, FileTime.from(Clock.systemUTC().instant().minusSeconds(120)));
        var other = Files.createDirectory(spoolDirectory.resolve("somebody-elses"));

        copier(DEADLINE).removeLeftovers();

        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }

    private DatabaseCopier copier(Duration deadline) {
        return new DatabaseCopier(spoolDirectory, deadline, Clock.systemUTC());
    }

    private Result copy(Duration deadline) throws IOException {
        try (var spool = new Spool(spoolDirectory)) {
            var result = copier(deadline).copy(database, spool);
            try (var content = spool.open()) {
                Files.copy(content, restored(), StandardCopyOption.REPLACE_EXISTING);
            }
            return result;
        }
    }

    /** Where a restore would have put it: alone. */
    private Path restored() throws IOException {
        return Files.createDirectories(directory.resolve("restored")).resolve("trades.sqlite");
    }

    private java.util.Map<String, String> files() {
        return new ScratchWorkspace(workspace).content();
    }

    private void overwrite(long position, byte[] bytes) throws IOException {
        try (var file = Files.newByteChannel(database, StandardOpenOption.WRITE)) {
            file.position(position).write(ByteBuffer.wrap(bytes));
        }
    }

    private static String many(String table) {
        return "insert into %s with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) select i, hex(randomblob(200)) from n"
                .formatted(table);
    }

    private void sql(String... statements) throws SQLException {
        var plain = workspace.resolve("plain");
        try (var connection = new SQLiteConfig(new Properties()).createConnection("jdbc:sqlite:" + plain);
                var statement = connection.createStatement()) {
            for (var sql : List.of(statements)) {
                statement.execute(sql);
            }
        }
        try {
            Files.move(plain, database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
