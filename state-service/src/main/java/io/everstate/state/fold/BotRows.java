package io.everstate.state.fold;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.format.StateWriter;
import io.everstate.state.format.TradesCut;
import io.everstate.state.platform.Columns;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the bots that batches change, each once. A bot has one row, and it is of the partition that wrote it first; of two in one commit,
 * of the lower one. Where the row has the older trades already, which every so many events are written, only the part of the state behind them
 * is.
 */
final class BotRows {
    /** The number of a row that is of another partition. */
    static final long OTHERS = -1;

    /** States of a statement; their texts are in memory together, here and in the database. */
    private static final int BOTS_AT_ONCE = 500;

    private static final String WHOLE = """
            insert into bots (id, partition, older_at, sequence, status, emergency, trades, restarts, profit, state, changed, era,
                strategy, name, labels, last_activity, kind, older)
            select id, partition, older_at, sequence, status, emergency, trades, restarts, profit, state, changed, changed >> 14,
                strategy, name, string_to_array(labels, chr(31)), last_activity, kind, older
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as b (id, partition, older_at, sequence, status, emergency, trades, restarts, profit, state, changed,
                    strategy, name, labels, last_activity, kind, older)
            on conflict (id) do update
            set sequence = excluded.sequence, status = excluded.status, emergency = excluded.emergency, trades = excluded.trades,
                restarts = excluded.restarts, profit = excluded.profit, state = excluded.state, changed = excluded.changed, era = excluded.era,
                strategy = excluded.strategy, name = excluded.name, labels = excluded.labels, last_activity = excluded.last_activity,
                older = excluded.older, older_at = excluded.older_at
            where bots.partition = excluded.partition
            returning id, partition, bot""";

    // PostgreSQL leaves a value that is kept outside of the row, and that an update does not name, where it is. The
    // number of the cut is the guard: without it a row could get a part that does not go with its older trades.
    private static final String NEWEST = """
            update bots b
            set sequence = n.sequence, status = n.status, emergency = n.emergency, trades = n.trades, restarts = n.restarts,
                profit = n.profit, state = n.state, changed = n.changed, era = n.changed >> 14, strategy = n.strategy, name = n.name,
                labels = string_to_array(n.labels, chr(31)), last_activity = n.last_activity
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as n (id, partition, older_at, sequence, status, emergency, trades, restarts, profit, state, changed,
                    strategy, name, labels, last_activity)
            where b.id = n.id and b.partition = n.partition and b.older_at = n.older_at
            returning b.id, b.partition, b.bot""";

    private static final String OF_OTHERS = """
            select count(*) from unnest(?, ?) as n (id, partition) join bots b on b.id = n.id
            where b.partition <> n.partition""";

    private final JsonFormat json;

    BotRows(JsonFormat json) {
        this.json = json;
    }

    record Place(int partition, UUID bot) {}

    /**
     * @param changed the end of the batch that changed it
     * @param cut null when its trades are not cut
     */
    private record ChangedBot(
            int partition,
            long changed,
            BotState state,
            @Nullable TradesCut cut) {
        Place place() {
            return new Place(partition, state.id().value());
        }

        boolean isWhole() {
            return cut == null || cut.made();
        }
    }

    private static final class WrittenBot {
        final ChangedBot bot;
        final byte[] state;
        /** Null where the row keeps what it has, or has none. */
        final byte @Nullable [] older;

        WrittenBot(ChangedBot bot, StateWriter states) {
            this.bot = bot;
            this.state = states.state(bot.state(), bot.cut());
            this.older = bot.cut() != null && bot.isWhole() ? states.older(bot.state(), bot.cut()) : null;
        }
    }

    @FunctionalInterface
    private interface Statement {
        void write(List<WrittenBot> bots) throws SQLException;
    }

    /**
     * Returns the number of each bot's row, {@link #OTHERS} where it is of another partition.
     *
     * @throws PartitionLostException when a row does not have the older trades that it was given
     */
    Map<Place, Long> write(Connection connection, List<FoldedBatch> batches) throws SQLException {
        var whole = new ArrayList<ChangedBot>();
        var newest = new ArrayList<ChangedBot>();
        batches.stream()
                .sorted(Comparator.comparingInt(FoldedBatch::partition))
                .flatMap(BotRows::changed)
                .forEach(bot -> (bot.isWhole() ? whole : newest).add(bot));
        var numbers = HashMap.<Place, Long>newHashMap(whole.size() + newest.size());
        whole.forEach(bot -> numbers.put(bot.place(), OTHERS));
        newest.forEach(bot -> numbers.put(bot.place(), OTHERS));
        writeWhole(connection, whole, numbers);
        writeNewest(connection, newest, numbers);
        return numbers;
    }

    private static Stream<ChangedBot> changed(FoldedBatch batch) {
        return batch.bots().stream()
                .map(state -> new ChangedBot(
                        batch.partition(), batch.end(), state, batch.cuts().get(state.id())));
    }

    private void writeWhole(Connection connection, List<ChangedBot> bots, Map<Place, Long> numbers)
            throws SQLException {
        var waiting = bots;
        while (!waiting.isEmpty()) {
            // no statement may name a row twice; a second round is only needed for a bot that stands in two partitions
            var seen = new HashSet<UUID>();
            var once = new ArrayList<ChangedBot>();
            var again = new ArrayList<ChangedBot>();
            waiting.forEach(bot -> (seen.add(bot.place().bot()) ? once : again).add(bot));
            try (var statement = connection.prepareStatement(WHOLE)) {
                inPieces(once, piece -> {
                    var columns = new Columns<>(connection, statement, piece);
                    fill(columns);
                    columns.add("text", row -> row.bot.state().kind().name(), String[]::new);
                    columns.add("bytea", row -> row.older, byte[][]::new);
                    addNumbers(statement, numbers);
                });
            }
            waiting = again;
        }
    }

    private void writeNewest(Connection connection, List<ChangedBot> bots, Map<Place, Long> numbers)
            throws SQLException {
        if (bots.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(NEWEST)) {
            inPieces(bots, piece -> {
                fill(new Columns<>(connection, statement, piece));
                addNumbers(statement, numbers);
            });
        }
        var left = bots.stream()
                .filter(bot -> numbers.getOrDefault(bot.place(), OTHERS) == OTHERS)
                .toList();
        if (!left.isEmpty()) {
            requireOthers(connection, left);
        }
    }

    /** While PostgreSQL has one piece the texts of the next are written: they take a third as long as the rows. */
    private void inPieces(List<ChangedBot> bots, Statement statement) throws SQLException {
        var next = written(bots, 0);
        for (int from = 0; from < bots.size(); from += BOTS_AT_ONCE) {
            var piece = next.join();
            next = written(bots, from + BOTS_AT_ONCE);
            statement.write(piece);
        }
    }

    private CompletableFuture<List<WrittenBot>> written(List<ChangedBot> bots, int from) {
        var piece = bots.subList(Math.min(bots.size(), from), Math.min(bots.size(), from + BOTS_AT_ONCE));
        return piece.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : CompletableFuture.supplyAsync(() -> texts(piece));
    }

    private List<WrittenBot> texts(List<ChangedBot> bots) {
        try (var states = new StateWriter(json)) {
            return bots.stream().map(bot -> new WrittenBot(bot, states)).toList();
        }
    }

    private static void fill(Columns<WrittenBot> columns) throws SQLException {
        columns.add("uuid", row -> row.bot.state().id().value(), UUID[]::new);
        columns.add("int4", row -> row.bot.partition(), Integer[]::new);
        columns.add("int8", row -> row.bot.cut() == null ? null : row.bot.cut().at(), Long[]::new);
        columns.longs(row -> row.bot.state().sequence());
        columns.texts(row -> row.bot.state().lifecycle().status().name());
        columns.add("bool", row -> row.bot.state().lifecycle().emergencyStop() != null, Boolean[]::new);
        columns.longs(row -> row.bot.state().portfolio().trades());
        columns.longs(row -> row.bot.state().lifecycle().restarts());
        columns.add("numeric", row -> row.bot.state().portfolio().totalProfit().value(), BigDecimal[]::new);
        columns.add("bytea", row -> row.state, byte[][]::new);
        columns.longs(row -> row.bot.changed());
        columns.add("text", row -> ListColumns.strategy(row.bot.state()), String[]::new);
        columns.add("text", row -> ListColumns.name(row.bot.state()), String[]::new);
        columns.add("text", row -> ListColumns.labels(row.bot.state()), String[]::new);
        columns.longs(row -> ListColumns.lastActivity(row.bot.state()));
    }

    private static void addNumbers(PreparedStatement statement, Map<Place, Long> numbers) throws SQLException {
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                numbers.put(new Place(rows.getInt(2), rows.getObject(1, UUID.class)), rows.getLong(3));
            }
        }
    }

    /** A row that is of another partition takes no part, and keeps what it has. Any other that took none has other older trades. */
    private static void requireOthers(Connection connection, List<ChangedBot> left) throws SQLException {
        try (var statement = connection.prepareStatement(OF_OTHERS)) {
            var columns = new Columns<>(connection, statement, left);
            columns.add("uuid", bot -> bot.state().id().value(), UUID[]::new);
            columns.add("int4", ChangedBot::partition, Integer[]::new);
            try (var row = statement.executeQuery()) {
                row.next();
                if (row.getLong(1) != left.size()) {
                    throw new PartitionLostException(
                            "%d of the bots %s do not have the older trades that they were given: somebody else wrote them"
                                    .formatted(
                                            left.size() - row.getLong(1),
                                            left.stream()
                                                    .map(bot -> bot.state().id())
                                                    .toList()));
                }
            }
        }
    }
}
