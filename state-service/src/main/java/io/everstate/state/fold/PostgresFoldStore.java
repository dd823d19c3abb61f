package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.finding.FindingRows;
import io.everstate.state.platform.Columns;
import io.everstate.state.platform.Transactions;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Each commit is three statements, more only when parked bots changed or something was found, whatever the number of records: arrays in, {@code unnest} in the database. */
@Singleton
final class PostgresFoldStore implements FoldStore {
    private static final String BEGIN = """
            insert into partition_offsets (partition, topic_id, next_offset, epoch, announce_from) values (?, ?, 0, 0, ?)
            on conflict (partition) do nothing""";

    private static final String POSITION = "select * from partition_offsets where partition = ?";

    private static final String REVISION = "select revision from partition_offsets where partition = ?";

    private static final String HOLD =
            "select next_offset, revision from partition_offsets where partition = ? for update";

    private static final String BEGIN_ANEW = """
            update partition_offsets
            set topic_id = ?, next_offset = 0, epoch = 0, announce_from = ?, anew_to = ?, anew_since = now(), revision = revision + 1
            where partition = ? and next_offset = ? and revision = ?""";

    private static final String CAUGHT_UP =
            "update partition_offsets set anew_to = null, anew_since = null where partition = ?";

    private static final String REVISE = "update partition_offsets set revision = revision + 1 where partition = ?";

    private static final String STATES = "select state from bots where partition = ?";

    // The fence: moves each partition only from where its batch begins. It must be the first statement, for it also
    // locks out a second writer.
    private static final String MOVE = """
            update partition_offsets p
            set next_offset = b.next, epoch = b.epoch, stale_claims = p.stale_claims + b.stale_claims, fenced = p.fenced + b.fenced,
                duplicates = p.duplicates + b.duplicates, gaps = p.gaps + b.gaps, refused = p.refused + b.refused,
                parked = p.parked + b.parked
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as b (partition, start, revision, next, epoch, stale_claims, fenced, duplicates, gaps, refused, parked)
            where p.partition = b.partition and p.next_offset = b.start and p.revision = b.revision""";

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
            where bots.partition = excluded.partition""";

    private static final String TRADES = """
            insert into trades (bot, sequence, leg, trade)
            select bots.bot, t.sequence, t.leg, t.trade
            from unnest(?, ?, ?, ?, ?) as t (id, partition, sequence, leg, trade)
                join bots on bots.id = t.id and bots.partition = t.partition""";

    private final Transactions transactions;
    private final JsonFormat json;
    private final List<FoldListener> listeners;

    PostgresFoldStore(Transactions transactions, JsonFormat json, @All List<FoldListener> listeners) {
        this.transactions = transactions;
        this.json = json;
        this.listeners = listeners;
    }

    /** @param changed the end of the batch that changed it */
    private record PartitionBot(int partition, long changed, BotState state) {}

    @Override
    public PartitionPosition load(int partition, String topicId, long end) {
        transactions.write(connection -> {
            try (var statement = connection.prepareStatement(BEGIN)) {
                statement.setInt(1, partition);
                statement.setString(2, topicId);
                statement.setLong(3, end);
                return statement.executeUpdate();
            }
        });
        return find(partition)
                .orElseThrow(() -> new IllegalStateException("partition " + partition + " has lost its row"));
    }

    @Override
    public Optional<PartitionPosition> find(int partition) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(POSITION)) {
                statement.setInt(1, partition);
                try (var row = statement.executeQuery()) {
                    return row.next() ? Optional.of(position(connection, partition, row)) : Optional.empty();
                }
            }
        });
    }

    private PartitionPosition position(Connection connection, int partition, ResultSet row) throws SQLException {
        return new PartitionPosition(
                row.getString("topic_id"),
                row.getLong("next_offset"),
                row.getLong("epoch"),
                states(connection, partition),
                ParkedRows.read(connection, partition),
                FindingRows.open(connection, partition, FindingKind.GAP),
                row.getLong("announce_from"),
                anew(row),
                row.getLong("revision"));
    }

    private static @Nullable FoldedAnew anew(ResultSet row) throws SQLException {
        var to = row.getObject("anew_to", Long.class);
        return to == null
                ? null
                : new FoldedAnew(
                        to, row.getObject("anew_since", OffsetDateTime.class).toInstant());
    }

    @Override
    public PartitionPosition beginAnew(int partition, PartitionPosition position, String topicId, long end) {
        transactions.write(connection -> {
            try (var statement = connection.prepareStatement(BEGIN_ANEW)) {
                statement.setString(1, topicId);
                statement.setLong(2, end);
                statement.setLong(3, end);
                statement.setInt(4, partition);
                statement.setLong(5, position.nextOffset());
                statement.setLong(6, position.revision());
                if (statement.executeUpdate() != 1) {
                    throw new PartitionLostException("partition " + partition + " was moved by somebody else");
                }
            }
            return ParkedRows.clear(connection, partition);
        });
        return load(partition, topicId, end);
    }

    private List<BotState> states(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(STATES)) {
            statement.setInt(1, partition);
            var states = new ArrayList<BotState>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.add(json.read(rows.getBytes("state"), BotState.class));
                }
            }
            return states;
        }
    }

    @Override
    public List<Finding> commit(List<FoldedBatch> batches) {
        var news = transactions.write(connection -> {
            move(connection, batches);
            return writeChanges(connection, batches);
        });
        listeners.forEach(listener -> listener.committed(batches));
        return news;
    }

    private List<Finding> writeChanges(Connection connection, List<FoldedBatch> batches) throws SQLException {
        writeBots(connection, batches);
        writeTrades(connection, batches);
        for (var batch : batches) {
            if (batch.caughtUp()) {
                caughtUp(connection, batch.partition());
            }
        }
        ParkedRows.write(connection, batches);
        var news = FindingRows.write(
                connection,
                batches.stream()
                        .flatMap(batch -> batch.findings().found().stream())
                        .toList());
        FindingRows.heal(
                connection,
                batches.stream()
                        .flatMap(batch -> batch.findings().healed().stream())
                        .toList());
        return news;
    }

    private static void caughtUp(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(CAUGHT_UP)) {
            statement.setInt(1, partition);
            statement.executeUpdate();
        }
    }

    @Override
    public List<Finding> keep(List<Finding> findings) {
        return findings.isEmpty()
                ? List.of()
                : transactions.write(connection -> FindingRows.write(connection, findings));
    }

    @Override
    public long revision(int partition) {
        return transactions.read(
                connection -> number(connection, REVISION, partition).orElse(0L));
    }

    @Override
    public boolean resume(int partition, Function<ParkedPlace, Optional<FoldedBatch>> refold) {
        var kept = transactions.write(connection -> {
            var held = held(connection, partition);
            if (held.isEmpty()) {
                return Optional.<FoldedBatch>empty();
            }
            var refolded = refold.apply(held.get());
            if (refolded.isPresent()) {
                writeChanges(connection, List.of(refolded.get()));
                revise(connection, partition);
            }
            return refolded;
        });
        kept.ifPresent(batch -> listeners.forEach(listener -> listener.committed(List.of(batch))));
        return kept.isPresent();
    }

    private static void revise(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(REVISE)) {
            statement.setInt(1, partition);
            statement.executeUpdate();
        }
    }

    private static Optional<ParkedPlace> held(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(HOLD)) {
            statement.setInt(1, partition);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new ParkedPlace(
                                row.getLong("next_offset"),
                                row.getLong("revision"),
                                ParkedRows.read(connection, partition)))
                        : Optional.empty();
            }
        }
    }

    private static Optional<Long> number(Connection connection, String query, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setInt(1, partition);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static void move(Connection connection, List<FoldedBatch> batches) throws SQLException {
        try (var statement = connection.prepareStatement(MOVE)) {
            var columns = new Columns<>(connection, statement, batches);
            columns.add("int4", FoldedBatch::partition, Integer[]::new);
            columns.longs(FoldedBatch::start);
            columns.longs(FoldedBatch::revision);
            columns.longs(FoldedBatch::end);
            columns.longs(FoldedBatch::epoch);
            columns.longs(batch -> batch.skipped().staleClaims());
            columns.longs(batch -> batch.skipped().fenced());
            columns.longs(batch -> batch.skipped().duplicates());
            columns.longs(batch -> batch.skipped().gaps());
            columns.longs(batch -> batch.skipped().refused());
            columns.longs(batch -> batch.skipped().parked());
            var moved = statement.executeUpdate();
            if (moved != batches.size()) {
                throw new PartitionLostException(
                        (batches.size() - moved) + " of " + batches.size() + " partitions were moved by somebody else");
            }
        }
    }

    /** A bot has one row, and it is of the partition that wrote it first; of two in one commit, of the lower one. */
    private void writeBots(Connection connection, List<FoldedBatch> batches) throws SQLException {
        List<PartitionBot> waiting = batches.stream()
                .sorted(Comparator.comparingInt(FoldedBatch::partition))
                .flatMap(batch ->
                        batch.bots().stream().map(state -> new PartitionBot(batch.partition(), batch.end(), state)))
                .toList();
        while (!waiting.isEmpty()) {
            // no statement may name a row twice; a second one is only needed for a bot that stands in two partitions
            var seen = new HashSet<BotId>();
            var once = new ArrayList<PartitionBot>();
            var again = new ArrayList<PartitionBot>();
            waiting.forEach(bot -> (seen.add(bot.state().id()) ? once : again).add(bot));
            upsert(connection, once);
            waiting = again;
        }
    }

    private void upsert(Connection connection, List<PartitionBot> bots) throws SQLException {
        try (var statement = connection.prepareStatement(BOTS)) {
            var columns = new Columns<>(connection, statement, bots);
            columns.add("uuid", bot -> bot.state().id().value(), UUID[]::new);
            columns.add("int4", PartitionBot::partition, Integer[]::new);
            columns.longs(bot -> bot.state().sequence());
            columns.texts(bot -> bot.state().lifecycle().status().name());
            columns.add("bool", bot -> bot.state().lifecycle().emergencyStop() != null, Boolean[]::new);
            columns.longs(bot -> bot.state().portfolio().trades());
            columns.longs(bot -> bot.state().lifecycle().restarts());
            columns.add("numeric", bot -> bot.state().portfolio().totalProfit().value(), BigDecimal[]::new);
            columns.add("bytea", bot -> json.write(bot.state()), byte[][]::new);
            columns.longs(PartitionBot::changed);
            columns.add("text", bot -> bot.state().kind().name(), String[]::new);
            columns.add("text", bot -> ListColumns.strategy(bot.state()), String[]::new);
            columns.add("text", bot -> ListColumns.name(bot.state()), String[]::new);
            columns.add("text", bot -> ListColumns.labels(bot.state()), String[]::new);
            columns.longs(bot -> ListColumns.lastActivity(bot.state()));
            statement.executeUpdate();
        }
    }

    private record PartitionTrade(int partition, FoldedTrade folded) {}

    private void writeTrades(Connection connection, List<FoldedBatch> batches) throws SQLException {
        var trades = batches.stream()
                .flatMap(batch -> batch.trades().stream().map(trade -> new PartitionTrade(batch.partition(), trade)))
                .toList();
        if (trades.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(TRADES)) {
            var columns = new Columns<>(connection, statement, trades);
            columns.add("uuid", trade -> trade.folded().bot().value(), UUID[]::new);
            columns.add("int4", PartitionTrade::partition, Integer[]::new);
            columns.longs(trade -> trade.folded().trade().sequence());
            columns.add("int2", trade -> (short) trade.folded().trade().leg(), Short[]::new);
            columns.add("bytea", trade -> json.write(trade.folded().trade()), byte[][]::new);
            statement.executeUpdate();
        }
    }
}
