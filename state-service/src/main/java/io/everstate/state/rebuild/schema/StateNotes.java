package io.everstate.state.rebuild.schema;

import io.everstate.state.format.StoredState;
import io.everstate.state.platform.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Notes of each bot of a schema the hash of its state's text, which is the same wherever its trades were cut in two, and whether it is parked;
 * a bounded number of states at once.
 *
 * @param schema of the bots
 * @param table the notes
 */
record StateNotes(String schema, String table) {
    private static final String STATES = """
            select b.id, b.partition, b.sequence, b.state, b.older, exists (select from NOTED.parked_bots p where p.bot = b.id) as parked
            from NOTED.bots b where ?::uuid is null or b.id > ?::uuid order by b.id limit 500""";

    private static final String NOTE = """
            insert into NOTES (bot, partition, sequence, hash, trades, parked)
            select bot, partition, sequence, hash, 0, parked from unnest(?, ?, ?, ?, ?) as n (bot, partition, sequence, hash, parked)""";

    private record Noted(UUID bot, int partition, long sequence, StoredState state, boolean parked) {}

    void write(Connection connection, Runnable beat) throws SQLException {
        try (var select = connection.prepareStatement(Statements.named(STATES, "NOTED", Schemas.quoted(schema)));
                var insert = connection.prepareStatement(Statements.named(NOTE, "NOTES", table))) {
            var some = next(select, null);
            while (!some.isEmpty()) {
                beat.run();
                note(connection, insert, some);
                some = next(select, some.getLast().bot());
            }
        }
    }

    private static List<Noted> next(PreparedStatement select, @Nullable UUID last) throws SQLException {
        select.setObject(1, last);
        select.setObject(2, last);
        try (var rows = select.executeQuery()) {
            var some = new ArrayList<Noted>();
            while (rows.next()) {
                some.add(new Noted(
                        rows.getObject("id", UUID.class),
                        rows.getInt("partition"),
                        rows.getLong("sequence"),
                        StoredState.of(rows),
                        rows.getBoolean("parked")));
            }
            return some;
        }
    }

    private static void note(Connection connection, PreparedStatement insert, List<Noted> some) throws SQLException {
        var columns = new Columns<>(connection, insert, some);
        columns.add("uuid", Noted::bot, UUID[]::new);
        columns.add("int4", Noted::partition, Integer[]::new);
        columns.longs(Noted::sequence);
        columns.add("bytea", noted -> noted.state().hash(), byte[][]::new);
        columns.add("bool", Noted::parked, Boolean[]::new);
        insert.executeUpdate();
    }
}
