package io.everstate.state.snapshot;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.mode.ModeChanged;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.content.SnapshotContent;
import io.everstate.state.content.SnapshotWriter;
import io.everstate.state.fold.LastRecord;
import io.everstate.state.fold.ParkedRows;
import io.everstate.state.format.StoredState;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.store.Cut;
import io.everstate.state.snapshot.store.NewSnapshot;
import io.everstate.state.snapshot.store.Parked;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotOrigin;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The folded states as content of a snapshot. */
@Singleton
final class SnapshotSource {
    private static final int ROWS_AT_ONCE = 200;

    private static final String PLACES =
            "select partition, topic_id, next_offset, epoch, revision, last_offset, last_hash, anew_to is not null as anew from partition_offsets";

    /** A bot that only the tables of before had did not change since: offsets do not tell that it is gone. */
    private static final String EXCHANGES = """
            select coalesce(sum(case status when 'ROLLED_BACK' then 2 else 1 end), 0) from rebuilds
            where status in ('SWITCHED', 'ROLLING_BACK', 'CONFIRMED', 'ROLLED_BACK')""";

    private static final String ALL = "select id, state, older from bots order by id";

    /** Of one partition; by the index, whatever the number of bots. */
    private static final String CHANGED =
            "select id, state, older from bots where partition = ? and era >= (?::bigint >> 14) and changed > ?";

    private final Transactions transactions;
    private final Bases bases;
    private final JsonFormat json;

    SnapshotSource(Transactions transactions, Bases bases, JsonFormat json) {
        this.transactions = transactions;
        this.bases = bases;
        this.json = json;
    }

    /** @param base null when all bots were written */
    record Written(Cut cut, Parked parked, SnapshotView.@Nullable Base base, SnapshotContent content) {
        NewSnapshot as(UUID id, SnapshotOrigin origin, Instant at, @Nullable ModeChanged mode) {
            return new NewSnapshot(id, origin, at, cut, mode, parked, base, content);
        }
    }

    /**
     * States and offsets of one moment, read in one transaction, in constant memory whatever the number of bots.
     *
     * @param kind INCREMENTAL: only the bots that changed since the newest snapshot that bears one; all of them when there is none, or when
     *     the present cut does not come behind it
     * @throws ProblemException UNAVAILABLE while a partition is folded from the start of another log, behind the states that are known: its
     *     offsets do not lead to these
     */
    Written write(OutputStream target, SnapshotKind kind) {
        var since = kind == SnapshotKind.FULL ? Optional.<Bases.Base>empty() : bases.newest();
        return transactions.read(connection -> {
            var cut = cut(connection);
            var base = since.filter(known -> cut.brokenBehind(known.cut()).isEmpty());
            try (var writer = new SnapshotWriter(target)) {
                if (base.isPresent()) {
                    writeChanged(connection, cut, base.get().cut(), writer);
                } else {
                    writeAll(connection, writer);
                }
                var parked = new Parked(ParkedRows.all(connection));
                return new Written(cut, parked, base.map(Bases.Base::name).orElse(null), writer.finish());
            } catch (IOException e) {
                throw new UncheckedIOException("a snapshot cannot be written", e);
            }
        });
    }

    private static Cut cut(Connection connection) throws SQLException {
        // first: a switch in between is then of the next cut, and what was read of its tables is in this one
        var exchanges = exchanges(connection);
        try (var statement = connection.prepareStatement(PLACES);
                var rows = statement.executeQuery()) {
            var places = new HashMap<Integer, Cut.Place>();
            var anew = new TreeSet<Integer>();
            while (rows.next()) {
                if (rows.getBoolean("anew")) {
                    anew.add(rows.getInt("partition"));
                }
                places.put(rows.getInt("partition"), place(rows));
            }
            requireNone(anew);
            return new Cut(places, exchanges);
        }
    }

    private static Cut.Place place(ResultSet row) throws SQLException {
        return new Cut.Place(
                row.getString("topic_id"),
                row.getLong("next_offset"),
                row.getLong("epoch"),
                row.getLong("revision"),
                LastRecord.of(row));
    }

    private static long exchanges(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(EXCHANGES);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void requireNone(Set<Integer> anew) {
        if (!anew.isEmpty()) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "partitions %s are folded from the start of a log that is another than it was: until that has come to its end their offsets do not lead to the states that are known, and no snapshot can be taken"
                            .formatted(anew));
        }
    }

    private void writeAll(Connection connection, SnapshotWriter writer) throws SQLException, IOException {
        try (var statement = connection.prepareStatement(ALL)) {
            writeStates(statement, writer);
        }
    }

    private void writeChanged(Connection connection, Cut cut, Cut base, SnapshotWriter writer)
            throws SQLException, IOException {
        var partitions = List.copyOf(cut.partitions().keySet());
        if (partitions.isEmpty()) {
            return;
        }
        var query = String.join(" union all ", Collections.nCopies(partitions.size(), CHANGED)) + " order by id";
        try (var statement = connection.prepareStatement(query)) {
            int parameter = 0;
            for (var partition : partitions) {
                var place = base.partitions().get(partition);
                var offset = place == null ? 0 : place.nextOffset();
                statement.setInt(++parameter, partition);
                statement.setLong(++parameter, offset);
                statement.setLong(++parameter, offset);
            }
            writeStates(statement, writer);
        }
    }

    private void writeStates(PreparedStatement statement, SnapshotWriter writer) throws SQLException, IOException {
        statement.setFetchSize(ROWS_AT_ONCE);
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                writer.write(
                        new BotId(rows.getObject("id", UUID.class)),
                        inOneLine(StoredState.of(rows).text()));
            }
        }
    }

    /**
     * The state as it is stored, its parts put together: reading and writing it anew would take most of the time, and make it another text. Whether it is a state is
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
