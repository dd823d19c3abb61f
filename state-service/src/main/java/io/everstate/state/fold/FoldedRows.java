package io.everstate.state.fold;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.format.StoredState;
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

/**
 * The rows of bots and trades that batches change: each bot's once, and the trades of a bot behind one another, so that they meet in the same
 * place of the index. A bot has one row, and it and its trades are of the partition that wrote it first; of two in one commit, of the lower one.
 */
final class FoldedRows {
    /** States of a statement; their texts are in memory together, here and in the database. */
    private static final int BOTS_AT_ONCE = 500;

    private static final long OTHERS = -1;

    private static final String BOTS = """
            insert into bots (id, partition, sequence, status, emergency, trades, restarts, profit, state, changed, era,
                kind, strategy, name, labels, last_activity)
            select id, partition, sequence, status, emergency, trades, restarts, profit, state, changed, changed >> 14,
                kind, strategy, name, string_to_array(labels, chr(31)), last_activity
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as b (id, partition, sequence, status, emergency, trades, restarts, profit, state, changed,
                    kind, strategy, name, labels, last_activity)
            on conflict (id) do update
            set sequence = excluded.sequence, status = excluded.status, emergency = excluded.emergency, trades = excluded.trades,
                restarts = excluded.restarts, profit = excluded.profit, state = excluded.state, changed = excluded.changed, era = excluded.era,
                strategy = excluded.strategy, name = excluded.name, labels = excluded.labels, last_activity = excluded.last_activity
            where bots.partition = excluded.partition
            returning id, partition, bot""";

    private final JsonFormat json;

    FoldedRows(JsonFormat json) {
        this.json = json;
    }

    /** @param changed the end of the batch that changed it */
    private record PartitionBot(int partition, long changed, BotState state) {
        Place place() {
            return new Place(partition, state.id().value());
        }
    }

    private record Place(int partition, UUID bot) {}

    /** @param bot the number of its row */
    private record NumberedTrade(long bot, FoldedTrade folded) {}

    void write(Connection connection, List<FoldedBatch> batches) throws SQLException {
        var numbers = writeBots(connection, batches);
        writeTrades(connection, batches, numbers);
    }

    /** Returns the number of each bot's row, {@link #OTHERS} where it is of another partition. */
    private Map<Place, Long> writeBots(Connection connection, List<FoldedBatch> batches) throws SQLException {
        List<PartitionBot> waiting = batches.stream()
                .sorted(Comparator.comparingInt(FoldedBatch::partition))
                .flatMap(batch ->
                        batch.bots().stream().map(state -> new PartitionBot(batch.partition(), batch.end(), state)))
                .toList();
        var numbers = HashMap.<Place, Long>newHashMap(waiting.size());
        waiting.forEach(bot -> numbers.put(bot.place(), OTHERS));
        while (!waiting.isEmpty()) {
            // no statement may name a row twice; a second round is only needed for a bot that stands in two partitions
            var seen = new HashSet<UUID>();
            var once = new ArrayList<PartitionBot>();
            var again = new ArrayList<PartitionBot>();
            waiting.forEach(bot -> (seen.add(bot.place().bot()) ? once : again).add(bot));
            upsert(connection, once, numbers);
            waiting = again;
        }
        return numbers;
    }

    private void upsert(Connection connection, List<PartitionBot> bots, Map<Place, Long> numbers) throws SQLException {
        try (var statement = connection.prepareStatement(BOTS);
                var stored = new StoredState(json)) {
            for (int from = 0; from < bots.size(); from += BOTS_AT_ONCE) {
                var some = bots.subList(from, Math.min(bots.size(), from + BOTS_AT_ONCE));
                fill(new Columns<>(connection, statement, some), stored);
                addNumbers(statement, numbers);
            }
        }
    }

    private static void fill(Columns<PartitionBot> columns, StoredState stored) throws SQLException {
        columns.add("uuid", bot -> bot.state().id().value(), UUID[]::new);
        columns.add("int4", PartitionBot::partition, Integer[]::new);
        columns.longs(bot -> bot.state().sequence());
        columns.texts(bot -> bot.state().lifecycle().status().name());
        columns.add("bool", bot -> bot.state().lifecycle().emergencyStop() != null, Boolean[]::new);
        columns.longs(bot -> bot.state().portfolio().trades());
        columns.longs(bot -> bot.state().lifecycle().restarts());
        columns.add("numeric", bot -> bot.state().portfolio().totalProfit().value(), BigDecimal[]::new);
        columns.add("bytea", bot -> stored.of(bot.state()), byte[][]::new);
        columns.longs(PartitionBot::changed);
        columns.add("text", bot -> bot.state().kind().name(), String[]::new);
        columns.add("text", bot -> ListColumns.strategy(bot.state()), String[]::new);
        columns.add("text", bot -> ListColumns.name(bot.state()), String[]::new);
        columns.add("text", bot -> ListColumns.labels(bot.state()), String[]::new);
        columns.longs(bot -> ListColumns.lastActivity(bot.state()));
    }

    private static void addNumbers(PreparedStatement statement, Map<Place, Long> numbers) throws SQLException {
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                numbers.put(new Place(rows.getInt(2), rows.getObject(1, UUID.class)), rows.getLong(3));
            }
        }
    }

    private void writeTrades(Connection connection, List<FoldedBatch> batches, Map<Place, Long> numbers)
            throws SQLException {
        var trades = batches.stream()
                .flatMap(batch -> batch.trades().stream()
                        .map(trade -> new NumberedTrade(number(batch.partition(), trade, numbers), trade)))
                .filter(trade -> trade.bot() != OTHERS)
                .sorted(Comparator.comparingLong(NumberedTrade::bot))
                .toList();
        if (trades.isEmpty()) {
            return;
        }
        TradeCopy.write(connection, copy -> {
            for (var one : trades) {
                var trade = one.folded().trade();
                copy.row(one.bot(), trade.sequence(), (short) trade.leg(), json.write(trade));
            }
        });
    }

    /** A trade changes its bot, so the bot is in the same batches. */
    private static long number(int partition, FoldedTrade trade, Map<Place, Long> numbers) {
        var number = numbers.get(new Place(partition, trade.bot().value()));
        if (number == null) {
            throw new IllegalStateException("a trade of bot " + trade.bot() + ", which has not changed");
        }
        return number;
    }
}
