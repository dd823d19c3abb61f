package io.everstate.state.rebuild.schema;

import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.format.StoredState;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares the live projection with the next one, bot by bot, while the live one is folded on. What the live one has of each bot (the hash of
 * its state, how many trades, whether it is parked) is noted in one REPEATABLE READ transaction with the offsets it has then; the next one is
 * folded up to exactly there and noted too; the two notes are compared.
 */
@Singleton
public final class Comparison {
    /** A state that a version of before wrote can differ in its text and be the same; whether it is one is seen while it stands. */
    private static final int ROUNDS = 3;

    /** So many rows a statement looks at, however many trades a bot has. */
    private static final int TRADES_AT_ONCE = 50_000;

    private static final String FIRST = "compared_first";
    private static final String SECOND = "compared_second";

    private static final String TABLE = """
            create unlogged table NOTES (
                bot uuid primary key, partition integer not null, sequence bigint, hash bytea, trades bigint not null, parked boolean not null)""";

    private static final String NOTE_UNKNOWN = """
            insert into NOTES (bot, partition, trades, parked)
            select distinct on (p.bot) p.bot, p.partition, 0, true
            from NOTED.parked_bots p where not exists (select from NOTED.bots b where b.id = p.bot)
            order by p.bot, p.partition""";

    private static final String OTHER_TEXTS = """
            select f.bot, f.hash, l.state as live, l.older as live_older, n.state as next, n.older as next_older
            from NEXT.compared_first f join NEXT.compared_second s on s.bot = f.bot
                join LIVE.bots l on l.id = f.bot join NEXT.bots n on n.id = f.bot
            where f.hash <> s.hash and (?::uuid is null or f.bot > ?::uuid)
            order by f.bot limit 200""";

    private static final String IS_THE_SAME = """
            update NEXT.compared_first f set hash = s.hash from NEXT.compared_second s
            where s.bot = f.bot and f.bot = any (?)""";

    private static final String DIFFERENCES = """
            insert into rebuild_differences
                (rebuild, bot, partition, state, sequence, rebuilt_sequence, trades, rebuilt_trades, parked, rebuilt_parked)
            select ?, bot, coalesce(f.partition, s.partition), f.hash is distinct from s.hash, f.sequence, s.sequence,
                   coalesce(f.trades, 0), coalesce(s.trades, 0), coalesce(f.parked, false), coalesce(s.parked, false)
            from NEXT.compared_first f full join NEXT.compared_second s using (bot)
            where f.hash is distinct from s.hash or f.trades is distinct from s.trades or f.parked is distinct from s.parked
               or f.partition <> s.partition""";

    private final Transactions transactions;
    private final Projections projections;
    private final JsonFormat json;
    private final TradeCounts trades;

    public Comparison(Transactions transactions, Projections projections, JsonFormat json) {
        this.transactions = transactions;
        this.projections = projections;
        this.json = json;
        this.trades = new TradeCounts(TRADES_AT_ONCE);
    }

    /** Notes both at one place; {@link #keep} says what differs. */
    public void compare(Runnable beat) {
        var undecided = true;
        for (int round = 1; undecided && round <= ROUNDS; round++) {
            var places = transactions.write(connection -> noteLive(connection, beat));
            projections.foldTo(Side.NEXT, places, beat);
            transactions.write(connection -> {
                var schemas = Schemas.of(connection);
                return note(connection, schemas.next(), ProjectionTables.table(schemas.next(), SECOND), beat);
            });
            undecided = passSameStates(beat);
        }
    }

    private List<Place> noteLive(Connection connection, Runnable beat) throws SQLException {
        Statements.run(connection, "set transaction isolation level repeatable read");
        var schemas = Schemas.of(connection);
        var places = Place.all(connection, schemas.live());
        note(connection, schemas.live(), ProjectionTables.table(schemas.next(), FIRST), beat);
        return places;
    }

    private String note(Connection connection, String schema, String table, Runnable beat) throws SQLException {
        Statements.run(connection, "drop table if exists " + table);
        Statements.run(connection, Statements.named(TABLE, "NOTES", table));
        new StateNotes(schema, table).write(connection, beat);
        trades.count(connection, new TradeCounts.Noted(schema, table), beat);
        Statements.run(connection, Statements.named(NOTE_UNKNOWN, "NOTES", table, "NOTED", Schemas.quoted(schema)));
        return table;
    }

    /** @return whether the live state of one that differs in its text went on meanwhile */
    private boolean passSameStates(Runnable beat) {
        var undecided = false;
        UUID last = null;
        do {
            beat.run();
            var from = last;
            var texts = transactions.write(connection -> passSameStates(connection, from));
            undecided |= texts.undecided();
            last = texts.last();
        } while (last != null);
        return undecided;
    }

    /** @param last bot of those that were looked at; null at the end */
    private record Texts(@Nullable UUID last, boolean undecided) {}

    private Texts passSameStates(Connection connection, @Nullable UUID from) throws SQLException {
        var schemas = Schemas.of(connection);
        var next = Schemas.quoted(schemas.next());
        var same = new ArrayList<UUID>();
        UUID last = null;
        var undecided = false;
        try (var statement = connection.prepareStatement(
                Statements.named(OTHER_TEXTS, "NEXT", next, "LIVE", Schemas.quoted(schemas.live())))) {
            statement.setObject(1, from);
            statement.setObject(2, from);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    last = rows.getObject("bot", UUID.class);
                    var live = new StoredState(rows.getBytes("live"), rows.getBytes("live_older"));
                    var stands = Arrays.equals(live.hash(), rows.getBytes("hash"));
                    undecided |= !stands;
                    if (stands && isSame(live, new StoredState(rows.getBytes("next"), rows.getBytes("next_older")))) {
                        same.add(last);
                    }
                }
            }
        }
        try (var statement = connection.prepareStatement(Statements.named(IS_THE_SAME, "NEXT", next))) {
            statement.setArray(1, connection.createArrayOf("uuid", same.toArray()));
            statement.executeUpdate();
        }
        return new Texts(last, undecided);
    }

    private boolean isSame(StoredState one, StoredState other) {
        try {
            return one.read(json).equals(other.read(json));
        } catch (UnreadableRecordException _) {
            return false;
        }
    }

    /**
     * Keeps what differs with the rebuild.
     *
     * @return of how many bots
     */
    public long keep(Connection connection, long rebuild) throws SQLException {
        Statements.run(connection, "delete from rebuild_differences where rebuild = " + rebuild);
        var next = Schemas.quoted(Schemas.of(connection).next());
        try (var statement = connection.prepareStatement(Statements.named(DIFFERENCES, "NEXT", next))) {
            statement.setLong(1, rebuild);
            return statement.executeUpdate();
        }
    }
}
