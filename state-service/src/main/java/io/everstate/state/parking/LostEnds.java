package io.everstate.state.parking;

import com.fasterxml.jackson.databind.util.RawValue;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.LastRecord;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.format.StoredState;
import io.everstate.state.log.EventLog;
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

/** The states that are known here and to which the log does not lead any more. Their owners ask for them when they take the partition. */
@Singleton
final class LostEnds {
    private static final String PLACE = """
            select topic_id, next_offset, anew_to is not null as anew, last_offset, last_hash, known_topic_id, known_epoch
            from partition_offsets where partition = ?""";

    private static final String STATES = """
            select b.state, b.older from parked_bots p join bots b on b.id = p.bot and b.partition = p.partition
            where p.partition = ? and p.type = ? order by b.id""";

    private final Transactions transactions;
    private final EventLog log;
    private final PartitionLog records;

    LostEnds(Transactions transactions, EventLog log, PartitionLog records) {
        this.transactions = transactions;
        this.log = log;
        this.records = records;
    }

    /** The JSON of a {@link io.everstate.contracts.view.LostEndsView}; the states are passed on as they are stored. */
    record StoredLostEnds(
            int partition,
            String topicId,
            long nextOffset,
            @Nullable KnownIn knownIn,
            List<RawValue> bots) {}

    private record Place(
            String topicId,
            long nextOffset,
            boolean anew,
            @Nullable RecordMark last,
            @Nullable KnownIn knownIn) {}

    private record Known(Place place, List<RawValue> bots) {}

    /**
     * Answers of the log that is there now.
     *
     * @throws ProblemException NOT_FOUND when nothing was folded of the partition; CONFLICT until it is known what the present log has
     */
    StoredLostEnds of(int partition) {
        var topic = log.find()
                .orElseThrow(() -> new ProblemException(ProblemType.UNAVAILABLE, "there is no log at this moment"));
        var end = log.endOffsets().getOrDefault(partition, 0L);
        var known =
                transactions.read(connection -> new Known(place(connection, partition), states(connection, partition)));
        var place = known.place();
        if (place.anew()
                || !place.topicId().equals(topic.id())
                || place.nextOffset() > end
                || replaced(partition, place)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "partition %d is another than it was, and is being looked through; ask again".formatted(partition));
        }
        return new StoredLostEnds(partition, place.topicId(), place.nextOffset(), place.knownIn(), known.bots());
    }

    private boolean replaced(int partition, Place place) {
        return place.last() != null && !records.holds(partition, place.last());
    }

    private static Place place(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(PLACE)) {
            statement.setInt(1, partition);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(
                            ProblemType.NOT_FOUND, "nothing was folded of partition " + partition + " so far");
                }
                return new Place(
                        row.getString("topic_id"),
                        row.getLong("next_offset"),
                        row.getBoolean("anew"),
                        LastRecord.of(row),
                        knownIn(row));
            }
        }
    }

    /** Who owned the partition then nobody has kept. */
    private static @Nullable KnownIn knownIn(ResultSet row) throws SQLException {
        var topicId = row.getString("known_topic_id");
        return topicId == null ? null : new KnownIn(topicId, row.getLong("known_epoch"), null);
    }

    private static List<RawValue> states(Connection connection, int partition) throws SQLException {
        try (var statement = connection.prepareStatement(STATES)) {
            statement.setInt(1, partition);
            statement.setString(2, ParkedBot.LOST_END);
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
