package io.everstate.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.SQLiteConfig;

/** A {@link LedgerWriter} in a process of its own, and what must be true of every copy of its database. */
public final class Ledger implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOOKED = """
              + (select coalesce(sum(amount), 0) from ledger where target = a.id)
              - (select coalesce(sum(amount), 0) from ledger where source = a.id)""";

    private final Process process;
    private final AtomicLong committed = new AtomicLong();
    private final AtomicBoolean open = new AtomicBoolean();

    private Ledger(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::listen);
    }

    /** @param journal {@code wal}, {@code delete}, {@code persist} ... */
    public static Ledger writing(Path database, String journal) {
        return start(database, journal, "normal", 0);
    }

    /** It has a transaction open for good when this returns. */
    public static Ledger amidATransaction(Path database, String journal, String locking) {
        var ledger = start(database, journal, locking, 200);
        await().atMost(PATIENCE).untilTrue(ledger.open);
        return ledger;
    }

    private static Ledger start(Path database, String journal, String locking, long commits) {
        try {
            var ledger = new Ledger(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LedgerWriter.class.getName(),
                            database.toString(),
                            journal,
                            locking,
                            String.valueOf(commits))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            ledger.awaitCommits(100);
            return ledger;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(LedgerWriter.OPEN)) {
                    open.set(true);
                } else {
                    committed.set(Long.parseLong(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At least as many transactions are committed now. */
    public long committed() {
        return committed.get();
    }

    public void awaitCommits(long count) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(process.isAlive()).as("the writer").isTrue();
            return committed() >= count;
        });
    }

    /** Ends it as a power cut of the process would. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /**
     * Opens the database as its program would, and checks all of it.
     *
     * @return how many transactions it holds
     */
    public static long check(Path database) {
        try (var connection = new SQLiteConfig(new Properties()).createConnection("jdbc:sqlite:" + database)) {
            assertThat(text(connection, "pragma integrity_check")).isEqualTo("ok");
            assertThat(number(connection, "select sum(balance) from account"))
                    .isEqualTo((long) LedgerWriter.ACCOUNTS * LedgerWriter.BALANCE);
            assertThat(number(
                            connection,
                            "select count(*) from account a where a.balance <> " + LedgerWriter.BALANCE + BOOKED))
                    .as("accounts that are not what the ledger makes them")
                    .isZero();
            var count = number(connection, "select count(*) from ledger");
            assertThat(number(connection, "select max(id) from ledger")).isEqualTo(count);
            return count;
        } catch (SQLException e) {
            throw new AssertionError(database + " cannot be read", e);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }
}
