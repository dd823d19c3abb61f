package io.everstate.backup.testing;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.SplittableRandom;
import org.sqlite.SQLiteConfig;

/**
 * A program that keeps books in an SQLite database as fast as it can: every transaction moves an amount between two accounts and
 * writes it into the ledger. It prints a line for each commit, and ends only when it is killed. Its arguments are the file, the journal mode, the
 * locking mode, and after how many commits it opens a transaction that it never ends (0 = never).
 */
public final class LedgerWriter {
    static final int ACCOUNTS = 10;
    static final int BALANCE = 1_000;
    static final String OPEN = "open";

    private LedgerWriter() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        var config = new SQLiteConfig(new Properties());
        config.setBusyTimeout(60_000);
        try (var connection = config.createConnection("jdbc:sqlite:" + arguments[0])) {
            execute(connection, "pragma locking_mode=" + arguments[2]);
            execute(connection, "pragma journal_mode=" + arguments[1]);
            execute(connection, "pragma synchronous=off");
            execute(connection, "create table account (id integer primary key, balance integer not null)");
            execute(
                    connection,
                    "create table ledger (id integer primary key autoincrement, source int, target int, amount int, note text)");
            execute(connection, "create index ledger_by_source on ledger (source)");
            for (var id = 0; id < ACCOUNTS; id++) {
                execute(connection, "insert into account values (%d, %d)".formatted(id, BALANCE));
            }
            write(connection, Long.parseLong(arguments[3]));
        }
    }

    private static void write(Connection connection, long commits) throws SQLException, IOException {
        var random = new SplittableRandom(7);
        connection.setAutoCommit(false);
        for (var count = 1L; ; count++) {
            book(connection, random);
            connection.commit();
            System.out.println(count);
            if (count == commits) {
                leaveOpen(connection);
            }
        }
    }

    private static void book(Connection connection, SplittableRandom random) throws SQLException {
        var source = random.nextInt(ACCOUNTS);
        var target = random.nextInt(ACCOUNTS);
        var amount = random.nextInt(100);
        execute(connection, "update account set balance = balance - %d where id = %d".formatted(amount, source));
        execute(connection, "update account set balance = balance + %d where id = %d".formatted(amount, target));
        execute(
                connection,
                "insert into ledger (source, target, amount, note) values (%d, %d, %d, hex(randomblob(300)))"
                        .formatted(source, target, amount));
    }

    /** So large that it does not fit in the cache: part of it is in the database's own file, or in the log, and is not committed. */
    private static void leaveOpen(Connection connection) throws SQLException, IOException {
        execute(connection, "pragma cache_size=5");
        execute(connection, "update account set balance = balance + 1000000");
        execute(connection, "update ledger set note = hex(randomblob(300))");
        System.out.println(OPEN);
        System.in.read();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
