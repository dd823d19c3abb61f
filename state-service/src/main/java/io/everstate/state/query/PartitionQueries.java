package io.everstate.state.query;

import com.fasterxml.jackson.databind.util.RawValue;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.LastRecord;
import io.everstate.state.format.StoredState;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.log.RecordMark;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole partitions, for who goes on from them. */
@Singleton
final class PartitionQueries {
    private static final String POSITION = """
            select topic_id, next_offset, epoch, last_offset, last_hash, anew_to is not null as anew,
                (select count(*) from parked_bots b where b.partition = p.partition) as parked_now
            from partition_offsets p where p.partition = ?""";

    private static final String STATES = "select state, older from bots where partition = ?";

    private final Transactions transactions;
    private final PartitionLog log;

    PartitionQueries(Transactions transactions, PartitionLog log) {
        this.transactions = transactions;
        this.log = log;
    }

    /** @param last the record that was folded last; null when that is not known */
    private record Cut(StoredPartition partition, @Nullable RecordMark last) {}

    /** The JSON of a {@link io.everstate.contracts.view.PartitionView}; the states are passed on as they are stored, for reading and writing them anew takes an owner's time. */
    record StoredPartition(int partition, String topicId, long nextOffset, long epoch, List<RawValue> bots) {}

    /**
     * One cut: the bots are folded exactly up to the offset. Not given while a bot of it is parked: who goes on from here must not begin behind
     * a record that it may understand; nor of a log that is not the one that was folded any more.
     */
    StoredPartition partition(int partition) {
        var cut = cut(partition);
        if (cut.last() != null && !log.holds(partition, cut.last())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "partition %d has lost its end and has grown again since it was folded: read it from the log"
                            .formatted(partition));
        }
        return cut.partition();
    }

    private Cut cut(int partition) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(POSITION)) {
                statement.setInt(1, partition);
                try (var row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new ProblemException(
                                ProblemType.NOT_FOUND, "nothing was folded of partition " + partition + " so far");
                    }
                    return new Cut(stored(connection, partition, row), LastRecord.of(row));
                }
            }
        });
    }

    private static StoredPartition stored(Connection connection, int partition, ResultSet row) throws SQLException {
        var parked = row.getLong("parked_now");
        if (parked != 0) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "partition %d has %d parked bots, whose states are not known here: read it from the log"
                            .formatted(partition, parked));
        }
        if (row.getBoolean("anew")) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "partition %d is being folded from the start of a log that was made anew: read it from the log"
                            .formatted(partition));
        }
        return new StoredPartition(
                partition,
                row.getString("topic_id"),
                row.getLong("next_offset"),
                row.getLong("epoch"),
                states(connection, partition));
    }

    private static List<RawValue> states(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(STATES)) {
            statement.setInt(1, partition);
            var states = new ArrayList<RawValue>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.add(new RawValue(new String(StoredState.of(rows).text(), StandardCharsets.UTF_8)));
                }
            }
            return states;
        }
    }
}
