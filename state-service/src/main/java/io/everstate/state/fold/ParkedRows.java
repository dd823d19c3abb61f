package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.Parking;
import io.everstate.state.platform.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table of bots that are not followed any more. A batch that changes none costs no statement. */
public final class ParkedRows {
    private static final String READ =
            "select bot, type, why, record_offset, epoch, sequence, since from parked_bots where partition = ?";

    private static final String ALL = "select bot, type, why, record_offset, epoch, sequence, since from parked_bots";

    private static final String WRITE = """
            insert into parked_bots (bot, partition, type, why, record_offset, epoch, sequence, since)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (partition, bot) do update
            set type = excluded.type, why = excluded.why, record_offset = excluded.record_offset, epoch = excluded.epoch,
                sequence = excluded.sequence, since = excluded.since""";

    private static final String DELETE = """
            delete from parked_bots p using unnest(?, ?) as f (bot, partition)
            where p.partition = f.partition and p.bot = f.bot""";

    private ParkedRows() {}

    private record Parked(int partition, ParkedBot bot) {}

    private record Followed(int partition, BotId bot) {}

    static List<ParkedBot> read(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(READ)) {
            statement.setInt(1, partition);
            return bots(statement);
        }
    }

    /** Of all partitions, at the moment that a transaction sees. */
    public static List<ParkedBot> all(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(ALL)) {
            return bots(statement);
        }
    }

    private static List<ParkedBot> bots(PreparedStatement statement) throws SQLException {
        var parked = new ArrayList<ParkedBot>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                parked.add(bot(rows));
            }
        }
        return parked;
    }

    /** The bot of a row that has all columns but the partition. */
    public static ParkedBot bot(ResultSet row) throws SQLException {
        return new ParkedBot(
                new BotId(row.getObject("bot", UUID.class)),
                new Parking(
                        row.getString("type"),
                        row.getString("why"),
                        row.getLong("record_offset"),
                        row.getLong("sequence")),
                row.getLong("epoch"),
                Instant.ofEpochMilli(row.getLong("since")));
    }

    /** @return how many there were */
    static int clear(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement("delete from parked_bots where partition = ?")) {
            statement.setInt(1, partition);
            return statement.executeUpdate();
        }
    }

    static void write(Connection connection, List<FoldedBatch> batches) throws SQLException {
        var changed = batches.stream().filter(batch -> !batch.parking().none()).toList();
        if (!changed.isEmpty()) {
            park(connection, changed);
            follow(connection, changed);
        }
    }

    private static void park(Connection connection, List<FoldedBatch> batches) throws SQLException {
        var parked = batches.stream()
                .flatMap(batch -> batch.parking().parked().stream().map(bot -> new Parked(batch.partition(), bot)))
                .toList();
        try (var statement = connection.prepareStatement(WRITE)) {
            var columns = new Columns<>(connection, statement, parked);
            columns.add("uuid", row -> row.bot().bot().value(), UUID[]::new);
            columns.add("int4", Parked::partition, Integer[]::new);
            columns.texts(row -> row.bot().parking().type());
            columns.texts(row -> row.bot().parking().why());
            columns.longs(row -> row.bot().parking().offset());
            columns.longs(row -> row.bot().epoch());
            columns.longs(row -> row.bot().parking().sequence());
            columns.longs(row -> row.bot().since().toEpochMilli());
            statement.executeUpdate();
        }
    }

    private static void follow(Connection connection, List<FoldedBatch> batches) throws SQLException {
        var followed = batches.stream()
                .flatMap(batch -> batch.parking().followed().stream().map(bot -> new Followed(batch.partition(), bot)))
                .toList();
        try (var statement = connection.prepareStatement(DELETE)) {
            var columns = new Columns<>(connection, statement, followed);
            columns.add("uuid", row -> row.bot().value(), UUID[]::new);
            columns.add("int4", Followed::partition, Integer[]::new);
            statement.executeUpdate();
        }
    }
}
