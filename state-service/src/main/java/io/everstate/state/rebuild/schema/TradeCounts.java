package io.everstate.state.rebuild.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many trades each bot has. All trades are gone through in the order of their key, a bounded number a statement: of one bot there can be more
 * than a statement should count.
 */
final class TradeCounts {
    // with ties: the legs of a cycle are not parted
    private static final String PIECE = """
            with piece as (
                select bot, sequence from NOTED.trades where (bot, sequence) > (?, ?)
                order by bot, sequence fetch first AT_ONCE rows with ties)
            select bot, count(*), max(sequence) from piece group by bot order by bot""";

    private static final String ADD = """
            update NOTES n set trades = n.trades + c.trades
            from unnest(?::bigint[], ?::bigint[]) as c (bot, trades) join NOTED.bots b on b.bot = c.bot
            where n.bot = b.id""";

    private final int atOnce;

    /** @param atOnce how many trades a statement looks at, and the legs of one more cycle */
    TradeCounts(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * What is noted, and where.
     *
     * @param table of the notes, with its schema
     */
    record Noted(String schema, String table) {
        String in(String sql) {
            return Statements.named(sql, "NOTES", table, "NOTED", Schemas.quoted(schema));
        }
    }

    /** Some of the trades of a bot, up to its event of this number. */
    private record Counted(long bot, long trades, long last) {}

    /** Adds them to the notes. */
    void count(Connection connection, Noted noted, Runnable beat) throws SQLException {
        var piece = noted.in(PIECE).replace("AT_ONCE", Integer.toString(atOnce));
        try (var next = connection.prepareStatement(piece);
                var add = connection.prepareStatement(noted.in(ADD))) {
            var counted = next(next, null);
            while (!counted.isEmpty()) {
                beat.run();
                add(connection, add, counted);
                counted = next(next, counted.getLast());
            }
        }
    }

    private static List<Counted> next(PreparedStatement statement, @Nullable Counted last) throws SQLException {
        statement.setLong(1, last == null ? Long.MIN_VALUE : last.bot());
        statement.setLong(2, last == null ? Long.MIN_VALUE : last.last());
        var counted = new ArrayList<Counted>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                counted.add(new Counted(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
            }
        }
        return counted;
    }

    private static void add(Connection connection, PreparedStatement statement, List<Counted> counted)
            throws SQLException {
        statement.setArray(
                1,
                connection.createArrayOf(
                        "int8", counted.stream().map(Counted::bot).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "int8", counted.stream().map(Counted::trades).toArray()));
        statement.executeUpdate();
    }
}
