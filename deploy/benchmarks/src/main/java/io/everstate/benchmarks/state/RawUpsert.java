package io.everstate.benchmarks.state;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fold of the bots has to write at least: their rows, upserted into a table with the same columns and indexes, so many a transaction by
 * one statement of arrays. What is read in between is not counted.
 */
final class RawUpsert {

    private static final int ROWS_A_TRANSACTION = 5_000;
    private static final double NANOS_A_SECOND = 1e9;
    private static final String[] TYPES = {
        "uuid", "int4", "int8", "text", "bool", "int8", "int8", "numeric", "bytea", "int8", "text", "text", "text",
        "text", "int8"
    };

    private static final String READ = """
            select id, partition, sequence, status, emergency, trades, restarts, profit, state, changed,
                kind, strategy, name, array_to_string(labels, chr(31)), last_activity
            from bots order by bot""";

    private static final String WRITE = """
            insert into raw (id, partition, sequence, status, emergency, trades, restarts, profit, state, changed, era,
                kind, strategy, name, labels, last_activity)
            select id, partition, sequence, status, emergency, trades, restarts, profit, state, changed, changed >> 14,
                kind, strategy, name, string_to_array(labels, chr(31)), last_activity
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as b (id, partition, sequence, status, emergency, trades, restarts, profit, state, changed,
                    kind, strategy, name, labels, last_activity)
            on conflict (id) do update
            set sequence = excluded.sequence, status = excluded.status, emergency = excluded.emergency, trades = excluded.trades,
                restarts = excluded.restarts, profit = excluded.profit, state = excluded.state, changed = excluded.changed, era = excluded.era,
                strategy = excluded.strategy, name = excluded.name, labels = excluded.labels, last_activity = excluded.last_activity""";

    private final Connection connection;
    private long rows;
    private long nanos;

    private RawUpsert(Connection connection) {
        this.connection = connection;
    }

    /** Rows a second. */
    static double rate(Connection connection) {
        RawUpsert raw = new RawUpsert(connection);
        try {
            connection.setAutoCommit(false);
            raw.makeTable();
            raw.copy();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return raw.rows * NANOS_A_SECOND / raw.nanos;
    }

    private void makeTable() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table raw (like bots including all)");
            statement.execute("analyze bots");
            connection.commit();
            // a cursor ends with its transaction; this one outlives those of the writes
            statement.execute("declare source no scroll cursor with hold for " + READ);
            connection.commit();
        }
    }

    private void copy() throws SQLException {
        try (PreparedStatement fetch = connection.prepareStatement("fetch " + ROWS_A_TRANSACTION + " from source");
                PreparedStatement write = connection.prepareStatement(WRITE)) {
            List<Object[]> batch = next(fetch);
            while (!batch.isEmpty()) {
                connection.commit();
                long begin = System.nanoTime();
                write(write, batch);
                nanos += System.nanoTime() - begin;
                rows += batch.size();
                batch = next(fetch);
            }
        }
    }

    private static List<Object[]> next(PreparedStatement fetch) throws SQLException {
        List<Object[]> batch = new ArrayList<>(ROWS_A_TRANSACTION);
        try (ResultSet result = fetch.executeQuery()) {
            while (result.next()) {
                Object[] row = new Object[TYPES.length];
                for (int column = 0; column < row.length; column++) {
                    row[column] = result.getObject(column + 1);
                }
                batch.add(row);
            }
        }
        return batch;
    }

    private void write(PreparedStatement write, List<Object[]> batch) throws SQLException {
        for (int column = 0; column < TYPES.length; column++) {
            int place = column;
            Object[] values = batch.stream().map(row -> row[place]).toArray();
            write.setArray(column + 1, connection.createArrayOf(TYPES[column], typed(values)));
        }
        write.executeUpdate();
        connection.commit();
    }

    /** The driver sends arrays of an element type in binary. */
    private static Object[] typed(Object[] values) {
        Object[] typed = (Object[]) Array.newInstance(values[0].getClass(), values.length);
        System.arraycopy(values, 0, typed, 0, values.length);
        return typed;
    }
}
