package io.everstate.backup.segments.join;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.PackedSegment;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.contracts.backup.SegmentJoinsView;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The catalogue of segments while some of them become one: an exchange of rows is one transaction, and happens only to the rows that were read. */
@Singleton
class JoinRows {
    static final String LEASE = "segment-joining";

    private static final String SAME = "object_name, bytes, sha256, content_bytes, records, first_time, last_time,"
            + " last_record, stored_at, fence";
    private static final String HELD =
            "exists (select 1 from lease where name = '%s' and fence = ? and expires_at > clock_timestamp())"
                    .formatted(LEASE);
    private static final String SMALL = """
            select first_offset, end_offset, object_name, sha256, coalesce(content_bytes, 6 * bytes) from segment
             where topic_id = ? and partition = ? and first_offset >= ? and status = 'STORED' and joined_from is null
               and damage is null and coalesce(content_bytes, 6 * bytes) <= ?
               and stored_at <= clock_timestamp() - ? * interval '1 millisecond'
             order by first_offset limit ?""";
    private static final String SET_ASIDE =
            "insert into joined_segment (topic_id, partition, first_offset, end_offset, "
                    + SAME + ", joined_first, joined_at) select s.topic_id, s.partition, s.first_offset, s.end_offset, "
                    + SAME
                    + """
            , ?, clock_timestamp() from segment s
              join unnest(?::bigint[], ?::bigint[], ?::text[]) as tile (first, past, sum)
                on s.first_offset = tile.first and s.end_offset = tile.past and s.sha256 = tile.sum
             where s.topic_id = ? and s.partition = ? and s.status = 'STORED' and s.joined_from is null
               and s.damage is null and\s""" + HELD;
    private static final String REMOVE = """
            delete from segment s using joined_segment j
             where s.topic_id = ? and s.partition = ? and j.topic_id = s.topic_id and j.partition = s.partition
               and j.first_offset = s.first_offset and j.object_name = s.object_name and j.joined_first = ?""";
    private static final String LAY = """
            insert into segment (topic_id, partition, first_offset, end_offset, status, object_name, bytes, sha256, content_bytes, records, first_time,
                                 last_time, last_record, fence, joined_from, stored_at)
            select ?, ?, ?, ?, 'STORED', ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?, max(stored_at) from joined_segment
             where topic_id = ? and partition = ? and joined_first = ?""";
    private static final String DUE = """
            select j.topic_id, j.partition, j.joined_first, s.object_name, s.sha256 from joined_segment j
              join segment s on s.topic_id = j.topic_id and s.partition = j.partition and s.first_offset = j.joined_first
             where s.status = 'STORED' and s.joined_from is not null
             group by j.topic_id, j.partition, j.joined_first, s.object_name, s.sha256
            having max(j.joined_at) <= clock_timestamp() - ? * interval '1 millisecond'
             order by max(j.joined_at)""";
    private static final String TAKE_BACK = """
            delete from segment s where s.topic_id = ? and s.partition = ? and s.first_offset = ? and s.sha256 = ?
               and s.joined_from = (select count(*) from joined_segment j
                                     where j.topic_id = s.topic_id and j.partition = s.partition
                                       and j.joined_first = s.first_offset)
               and\s""" + HELD;
    private static final String LAY_AGAIN =
            "insert into segment (topic_id, partition, first_offset, end_offset, status, "
                    + SAME + ") select topic_id, partition, first_offset, end_offset, 'STORED', " + SAME
                    + " from joined_segment where topic_id = ? and partition = ? and joined_first = ?";

    private static final String COUNTS = """
            select p.topic_id, p.partition, coalesce(joined.segments, 0), coalesce(joined.parts, 0),
                   (select count(*) from joined_segment j where j.topic_id = p.topic_id and j.partition = p.partition)
              from segment_partition p
              left join (select topic_id, partition, count(*) as segments, sum(joined_from) as parts from segment
                          where joined_from is not null group by topic_id, partition) joined
                on joined.topic_id = p.topic_id and joined.partition = p.partition
             order by p.first_seen, p.topic_id, p.partition""";

    private final DataSource database;

    JoinRows(DataSource database) {
        this.database = database;
    }

    /**
     * One that was joined, with parts whose objects are not removed yet.
     *
     * @param sha256 of its object
     */
    record Joined(LogPartition partition, long firstOffset, String objectName, String sha256) {}

    /** An object of what was joined. */
    record Part(long firstOffset, String objectName) {}

    private interface Filling {
        void fill(PreparedStatement statement) throws SQLException;
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Work {
        boolean on(Connection connection) throws SQLException;
    }

    /** All that were ever seen, in order. */
    List<LogPartition> partitions() {
        return query(
                "select topic_id, partition from segment_partition order by first_seen, topic_id, partition",
                at -> {},
                JoinRows::partition);
    }

    /** Small ones that were stored so long ago, that are of use as far as anybody knows, and that begin at an offset or behind it. */
    List<Tile> small(LogPartition partition, long from, JoinConfiguration configuration, Runs runs) {
        return query(
                SMALL,
                at -> {
                    place(at, 1, partition);
                    at.setLong(3, from);
                    at.setLong(4, runs.largestSmall());
                    at.setLong(5, configuration.after().toMillis());
                    at.setInt(6, runs.page());
                },
                row -> new Tile(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getLong(5)));
    }

    /**
     * Puts a joined segment that was read back in the place of those that it was joined from.
     *
     * @throws LeaseLostException when the lease is another's, or one of them is not as it was read any more
     */
    void exchange(LogPartition partition, List<Tile> tiles, PackedSegment joined, Lease lease) {
        var done = inOne(connection -> {
            var first = tiles.getFirst().firstOffset();
            var aside = update(connection, SET_ASIDE, at -> {
                at.setLong(1, first);
                at.setArray(2, array(connection, "bigint", tiles.stream().map(Tile::firstOffset)));
                at.setArray(3, array(connection, "bigint", tiles.stream().map(Tile::endOffset)));
                at.setArray(4, array(connection, "text", tiles.stream().map(Tile::sha256)));
                place(at, 5, partition);
                at.setLong(7, lease.fence());
            });
            if (aside != tiles.size()) {
                return false;
            }
            var removed = update(connection, REMOVE, at -> {
                place(at, 1, partition);
                at.setLong(3, first);
            });
            return removed == aside && update(connection, LAY, at -> lay(at, aside, joined, lease)) == 1;
        });
        mustBe(done);
    }

    private static void lay(PreparedStatement at, int joinedFrom, PackedSegment joined, Lease lease)
            throws SQLException {
        var header = joined.header();
        place(at, 1, header.logPartition());
        at.setLong(3, header.firstOffset());
        at.setLong(4, header.endOffset());
        at.setString(5, joined.name());
        at.setLong(6, joined.file().remaining());
        at.setString(7, joined.sha256());
        at.setLong(8, header.contentBytes());
        at.setInt(9, header.records());
        at.setObject(10, header.firstTime().atOffset(ZoneOffset.UTC));
        at.setObject(11, header.lastTime().atOffset(ZoneOffset.UTC));
        at.setString(12, header.lastRecord());
        at.setLong(13, lease.fence());
        at.setInt(14, joinedFrom);
        place(at, 15, header.logPartition());
        at.setLong(17, header.firstOffset());
    }

    /** Those of which the objects of what they were joined from may go, since they were joined so long ago. */
    List<Joined> due(Duration grace) {
        return query(
                DUE,
                at -> at.setLong(1, grace.toMillis()),
                row -> new Joined(partition(row), row.getLong(3), row.getString(4), row.getString(5)));
    }

    List<Part> parts(Joined joined) {
        return query(
                "select first_offset, object_name from joined_segment"
                        + " where topic_id = ? and partition = ? and joined_first = ? order by first_offset",
                at -> {
                    place(at, 1, joined.partition());
                    at.setLong(3, joined.firstOffset());
                },
                row -> new Part(row.getLong(1), row.getString(2)));
    }

    /** Its object is gone. */
    void removed(Joined joined, Part part) {
        inOne(connection -> {
            update(
                    connection,
                    "delete from joined_segment where topic_id = ? and partition = ? and first_offset = ? and joined_first = ?",
                    at -> {
                        place(at, 1, joined.partition());
                        at.setLong(3, part.firstOffset());
                        at.setLong(4, joined.firstOffset());
                    });
            return true;
        });
    }

    /** Puts what it was joined from in its place again; nothing changes, and false is returned, where an object of those is removed already. */
    boolean takeBack(Joined joined, Lease lease) {
        return inOne(connection -> {
            var removed = update(connection, TAKE_BACK, at -> {
                place(at, 1, joined.partition());
                at.setLong(3, joined.firstOffset());
                at.setString(4, joined.sha256());
                at.setLong(5, lease.fence());
            });
            Filling where = at -> {
                place(at, 1, joined.partition());
                at.setLong(3, joined.firstOffset());
            };
            var laid = update(connection, LAY_AGAIN, where);
            var forgotten = update(
                    connection,
                    "delete from joined_segment where topic_id = ? and partition = ? and joined_first = ?",
                    where);
            return removed == 1 && laid == forgotten;
        });
    }

    /** @param failure of a partition; null where there is none */
    List<SegmentJoinsView> counts(Function<LogPartition, @Nullable String> failure) {
        return query(COUNTS, at -> {}, row -> {
            var partition = partition(row);
            return new SegmentJoinsView(
                    partition.topicId(),
                    partition.partition(),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    failure.apply(partition));
        });
    }

    private static void mustBe(boolean done) {
        if (!done) {
            throw new LeaseLostException(LEASE);
        }
    }

    /** All of it or nothing: what returns false is taken back. */
    private boolean inOne(Work work) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var done = false;
            try {
                done = work.on(connection);
            } finally {
                if (done) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
            return done;
        } catch (SQLException e) {
            throw new PersistenceException("the catalogue of segments cannot be written", e);
        }
    }

    private static int update(Connection connection, String sql, Filling filling) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            filling.fill(statement);
            return statement.executeUpdate();
        }
    }

    private <T> List<T> query(String sql, Filling filling, Reading<T> reading) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            filling.fill(statement);
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(reading.read(rows));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new PersistenceException("the catalogue of segments cannot be read", e);
        }
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    private static void place(PreparedStatement at, int index, LogPartition partition) throws SQLException {
        at.setString(index, partition.topicId());
        at.setInt(index + 1, partition.partition());
    }

    private static LogPartition partition(ResultSet row) throws SQLException {
        return new LogPartition(row.getString(1), row.getInt(2));
    }
}
