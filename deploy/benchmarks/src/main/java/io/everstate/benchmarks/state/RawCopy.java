package io.everstate.benchmarks.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * What appending trades takes at least: the very same rows, in the order in which they were written, by binary {@code copy} from memory into a
 * table with the same columns and the same key, so many a transaction. What is read in between is not counted.
 */
final class RawCopy {

    /** About 80 MB, some hundred thousand trades. */
    private static final long PAGES_A_TRANSACTION = 10_000;

    private static final double NANOS_A_SECOND = 1e9;
    private static final String TARGET = "copy raw_trades (bot, sequence, leg, trade) from stdin (format binary)";
    private static final String PAGES = "select pg_relation_size('trades') / current_setting('block_size')::int";

    private final Connection connection;
    private final CopyManager copies;
    private long rows;
    private long nanos;

    private RawCopy(Connection connection) throws SQLException {
        this.connection = connection;
        this.copies = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** Rows a second. */
    static double rate(Connection connection) {
        try {
            RawCopy raw = new RawCopy(connection);
            raw.run();
            return raw.rows * NANOS_A_SECOND / raw.nanos;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table raw_trades (like trades including all)");
            long pages = number(statement, PAGES);
            for (long page = 0; page < pages; page += PAGES_A_TRANSACTION) {
                write(read(page));
            }
            if (rows != number(statement, "select count(*) from trades")) {
                throw new IllegalStateException("not all trades were copied: " + rows);
            }
        }
    }

    private byte[] read(long page) throws SQLException, IOException {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        copies.copyOut(source(page), part);
        return part.toByteArray();
    }

    private static String source(long page) {
        return "copy (select bot, sequence, leg, trade from trades where ctid >= '(%d,0)' and ctid < '(%d,0)') to stdout (format binary)"
                .formatted(page, page + PAGES_A_TRANSACTION);
    }

    private void write(byte[] part) throws SQLException, IOException {
        long begin = System.nanoTime();
        rows += copies.copyIn(TARGET, new ByteArrayInputStream(part));
        nanos += System.nanoTime() - begin;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
