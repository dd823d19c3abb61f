package io.everstate.state.snapshot;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.content.SnapshotContent;
import io.everstate.state.content.SnapshotWriter;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.store.Cut;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.UUID;

/** The folded states as content of a snapshot. */
@Singleton
final class SnapshotSource {
    private static final int ROWS_AT_ONCE = 200;

    private static final String PLACES = "select partition, topic_id, next_offset, epoch from partition_offsets";

    private static final String STATES = "select id, state from bots order by id";

    private final Transactions transactions;
    private final JsonFormat json;

    SnapshotSource(Transactions transactions, JsonFormat json) {
        this.transactions = transactions;
        this.json = json;
    }

    record Written(Cut cut, SnapshotContent content) {}

    /** States and offsets of one moment, read in one transaction, in constant memory whatever the number of bots. */
    Written write(OutputStream target) {
        return transactions.read(connection -> {
            var cut = cut(connection);
            try (var writer = new SnapshotWriter(target)) {
                writeStates(connection, writer);
                return new Written(cut, writer.finish());
            } catch (IOException e) {
                throw new UncheckedIOException("a snapshot cannot be written", e);
            }
        });
    }

    private static Cut cut(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(PLACES);
                var rows = statement.executeQuery()) {
            var places = new HashMap<Integer, Cut.Place>();
            while (rows.next()) {
                places.put(
                        rows.getInt("partition"),
                        new Cut.Place(rows.getString("topic_id"), rows.getLong("next_offset"), rows.getLong("epoch")));
            }
            return new Cut(places);
        }
    }

    private void writeStates(Connection connection, SnapshotWriter writer) throws SQLException, IOException {
        try (var statement = connection.prepareStatement(STATES)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var bot = new BotId(rows.getObject("id", UUID.class));
                    writer.write(bot, inOneLine(rows.getBytes("state")));
                }
            }
        }
    }

    /**
     * The state as it is stored: reading and writing it anew would take most of the time, and make it another text. Whether it is a state is
     * found when the snapshot is validated. JSON can have line ends between its parts; ours has none.
     */
    private byte[] inOneLine(byte[] state) {
        for (byte character : state) {
            if (character == '\n') {
                return json.write(json.read(state, BotState.class));
            }
        }
        return state;
    }
}
