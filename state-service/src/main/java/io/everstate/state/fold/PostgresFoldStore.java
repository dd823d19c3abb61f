package io.everstate.state.fold;

import io.agroal.api.AgroalDataSource;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.finding.FindingRows;
import io.everstate.state.format.StoredState;
import io.everstate.state.platform.Columns;
import io.everstate.state.platform.Transactions;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Each commit is three statements, more only when parked bots changed or something was found, whatever the number of records: arrays in, {@code unnest} in the database. */
@Singleton
final class PostgresFoldStore implements FoldStore {
    /** Of a partition, read from their rows together. */
    private static final int STATES_AT_ONCE = 1_000;

    private static final String BEGIN = """
            insert into partition_offsets (partition, topic_id, next_offset, epoch, announce_from) values (?, ?, 0, 0, ?)
            on conflict (partition) do nothing""";

    private static final String POSITION = "select * from partition_offsets where partition = ?";

    private static final String REVISION = "select revision from partition_offsets where partition = ?";

    private static final String HOLD =
            "select next_offset, revision from partition_offsets where partition = ? for update";

    // States that are kept of a log before the last one are not of its ownerships.
    private static final String BEGIN_ANEW = """
            update partition_offsets p
            set (known_topic_id, known_epoch) = (
                    select case when p.anew_to is null then p.topic_id else p.known_topic_id end,
                        case when p.anew_to is null then p.epoch else p.known_epoch end
                    where not exists (
                        select from parked_bots b where b.partition = p.partition and b.type = 'io.everstate.state.lost-end')),
                topic_id = ?, next_offset = 0, epoch = 0, announce_from = ?, anew_to = ?, anew_since = now(), revision = revision + 1,
                last_offset = null, last_hash = null
            where partition = ? and next_offset = ? and revision = ?""";

    private static final String CAUGHT_UP =
            "update partition_offsets set anew_to = null, anew_since = null where partition = ?";

    private static final String REVISE = "update partition_offsets set revision = revision + 1 where partition = ?";

    private static final String STATES = "select state, older from bots where partition = ?";

    // The fence: moves each partition only from where its batch begins. It must be the first statement, for it also
    // locks out a second writer.
    private static final String MOVE = """
            update partition_offsets p
            set next_offset = b.next, epoch = b.epoch, stale_claims = p.stale_claims + b.stale_claims, fenced = p.fenced + b.fenced,
                duplicates = p.duplicates + b.duplicates, gaps = p.gaps + b.gaps, refused = p.refused + b.refused,
                parked = p.parked + b.parked,
                last_offset = coalesce(b.last_offset, p.last_offset), last_hash = coalesce(b.last_hash, p.last_hash)
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as b (partition, start, revision, next, epoch, stale_claims, fenced, duplicates, gaps, refused, parked, last_offset, last_hash)
            where p.partition = b.partition and p.next_offset = b.start and p.revision = b.revision""";

    private final Transactions transactions;
    private final JsonFormat json;
    private final FoldedRows rows;
    private final ReplacedRows replaced;
    private final List<FoldListener> listeners;

    /** @param connections of the folding's own: who asks and waits, and keeps all others waiting, does not stop it */
    @Inject
    PostgresFoldStore(
            @DataSource("folding") AgroalDataSource connections, JsonFormat json, @All List<FoldListener> listeners) {
        this(new Transactions(connections), json, listeners);
    }

    PostgresFoldStore(Transactions transactions, JsonFormat json, List<FoldListener> listeners) {
        this.transactions = transactions;
        this.json = json;
        this.rows = new FoldedRows(json);
        this.replaced = new ReplacedRows(json);
        this.listeners = listeners;
    }

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
        var position = find(partition)
                .orElseThrow(() -> new IllegalStateException("partition " + partition + " has lost its row"));
        listeners.forEach(listener -> listener.loaded(partition, position));
        return position;
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
                FindingRows.open(connection, partition, row.getString("topic_id"), FindingKind.GAP),
                row.getLong("announce_from"),
                anew(connection, partition, row),
                row.getLong("revision"),
                LastRecord.of(row));
    }

    private static @Nullable FoldedAnew anew(Connection connection, int partition, ResultSet row) throws SQLException {
        var to = row.getObject("anew_to", Long.class);
        if (to == null) {
            return null;
        }
        var topicId = row.getString("topic_id");
        var parked = new HashSet<BotId>();
        for (var kind : List.of(FindingKind.PARKED, FindingKind.LOST_END)) {
            parked.addAll(FindingRows.open(connection, partition, topicId, kind).keySet());
        }
        return new FoldedAnew(
                to, row.getObject("anew_since", OffsetDateTime.class).toInstant(), parked);
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

    /** On all processors: a replica that takes its partitions up has nothing else to do until then. */
    private List<BotState> states(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(STATES)) {
            statement.setInt(1, partition);
            statement.setFetchSize(STATES_AT_ONCE);
            var states = new ArrayList<BotState>();
            try (var rows = statement.executeQuery()) {
                var stored = new ArrayList<StoredState>(STATES_AT_ONCE);
                while (rows.next()) {
                    stored.add(StoredState.of(rows));
                    if (stored.size() == STATES_AT_ONCE) {
                        states.addAll(read(stored));
                        stored.clear();
                    }
                }
                states.addAll(read(stored));
            }
            return states;
        }
    }

    private List<BotState> read(List<StoredState> stored) {
        return stored.parallelStream().map(state -> state.read(json)).toList();
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
        rows.write(connection, batches);
        var found = new ArrayList<Finding>();
        for (var batch : batches) {
            found.addAll(replaced.write(connection, batch));
            if (batch.caughtUp()) {
                caughtUp(connection, batch.partition());
            }
        }
        ParkedRows.write(connection, batches);
        return FindingRows.write(
                connection,
                found,
                batches.stream()
                        .flatMap(batch -> batch.findings().healed().stream())
                        .toList());
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
            columns.add(
                    "int8", batch -> batch.last() == null ? null : batch.last().offset(), Long[]::new);
            columns.add(
                    "text", batch -> batch.last() == null ? null : batch.last().hash(), String[]::new);
            var moved = statement.executeUpdate();
            if (moved != batches.size()) {
                throw new PartitionLostException(
                        (batches.size() - moved) + " of " + batches.size() + " partitions were moved by somebody else");
            }
        }
    }
}
