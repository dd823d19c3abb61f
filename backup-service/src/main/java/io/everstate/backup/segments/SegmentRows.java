package io.everstate.backup.segments;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.SegmentRow.Stored;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.store.ExpectedArchives;
import io.everstate.contracts.backup.SegmentView.Status;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of segments. Every write asks in its own statement whether the writer still has the partition's lease, and a tile is only ever laid at
 * the end of those that are there: neither a replica that was taken for dead nor two that think the same can leave a gap or an overlap.
 */
@Singleton
class SegmentRows implements ExpectedArchives {
    private static final String COLUMNS = "topic_id, partition, first_offset, end_offset, status, object_name, bytes,"
            + " sha256, records, first_time, last_time, last_record, content_bytes, joined_from";
    private static final String HELD =
            "exists (select 1 from lease where name = ? and fence = ? and expires_at > clock_timestamp())";
    private static final String TIP = "select " + COLUMNS + " from segment where topic_id = ? and partition = ?"
            + " and status <> 'UPLOADING' order by first_offset desc limit 1";
    private static final String KNOWN = """
            select p.topic_id, p.partition, p.topic, p.divergence, coalesce(tip.end_offset, 0),
                   exists (select 1 from segment l
                            where l.topic_id = p.topic_id and l.partition = p.partition and l.status = 'LOST')
                   or exists (select 1 from segment d
                               where d.topic_id = p.topic_id and d.partition = p.partition and d.damage is not null)
              from segment_partition p
              left join lateral (select s.end_offset from segment s
                                  where s.topic_id = p.topic_id and s.partition = p.partition
                                    and s.status <> 'UPLOADING' order by s.first_offset desc limit 1) tip on true
             order by p.first_seen, p.topic_id, p.partition""";
    private static final String LAY = "insert into segment (" + COLUMNS + ", fence)"
            + " select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?, ? where " + HELD + """
             and ? = coalesce((select end_offset from segment where topic_id = ? and partition = ?
                                and status <> 'UPLOADING' order by first_offset desc limit 1), 0)
            on conflict (topic_id, partition, first_offset) do update
               set end_offset = excluded.end_offset, status = excluded.status, object_name = excluded.object_name,
                   bytes = excluded.bytes, sha256 = excluded.sha256, records = excluded.records,
                   first_time = excluded.first_time, last_time = excluded.last_time,
                   last_record = excluded.last_record, content_bytes = excluded.content_bytes,
                   joined_from = excluded.joined_from, fence = excluded.fence
             where segment.status = 'UPLOADING'""";
    private static final String PAGE = "select " + COLUMNS + """
             from segment where topic_id = ? and partition = ?
              and first_offset >= coalesce((select front.first_offset
                                              from (select first_offset, end_offset from segment
                                                     where topic_id = ? and partition = ? and first_offset < ?
                                                     order by first_offset desc limit 1) front
                                             where front.end_offset > ?), ? + 1)
              and first_offset >= coalesce((select max(first_offset) from segment
                                             where topic_id = ? and partition = ? and first_offset <= ?), 0)
            order by first_offset limit ?""";
    private static final String SETTLE = "update segment set status = 'STORED', stored_at = clock_timestamp()"
            + " where topic_id = ? and partition = ? and first_offset = ? and status = 'UPLOADING' and sha256 = ?"
            + " and fence = ? and " + HELD;
    private static final String DIVERGE = "update segment_partition set divergence = coalesce(divergence, ?)"
            + " where topic_id = ? and partition = ? and " + HELD;

    private final DataSource database;

    SegmentRows(DataSource database) {
        this.database = database;
    }

    /**
     * A partition that the archive knows.
     *
     * @param divergence why it goes no further; null when it does
     * @param archivedTo behind its last tile
     * @param lacking whether some of its records never came into the archive, or cannot be had from it any more
     */
    record Known(
            LogPartition partition, String topic, @Nullable String divergence, long archivedTo, boolean lacking) {}

    private interface Filling {
        void fill(PreparedStatement statement) throws SQLException;
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    static String leaseName(LogPartition partition) {
        return "segments:" + partition.topicId() + "/" + partition.partition();
    }

    /** Notes that there is such a partition. */
    void seen(String topic, LogPartition partition) {
        update(
                "insert into segment_partition (topic_id, partition, topic) values (?, ?, ?) on conflict do nothing",
                at -> {
                    place(at, 1, partition);
                    at.setString(3, topic);
                });
    }

    /** The last tile, of what is stored or lost. */
    Optional<SegmentRow> tip(LogPartition partition) {
        return query(TIP, at -> place(at, 1, partition), SegmentRows::row).stream()
                .findFirst();
    }

    /** The tile that somebody began at this offset and did not settle. */
    Optional<SegmentRow> unsettled(LogPartition partition, long firstOffset) {
        return find(partition, firstOffset).filter(row -> row.status() == Status.UPLOADING);
    }

    Optional<SegmentRow> find(LogPartition partition, long firstOffset) {
        return query(
                        "select " + COLUMNS + " from segment where topic_id = ? and partition = ? and first_offset = ?",
                        at -> {
                            place(at, 1, partition);
                            at.setLong(3, firstOffset);
                        },
                        SegmentRows::row)
                .stream()
                .findFirst();
    }

    /** The one that was joined from smaller ones of which this offset may have begun one. */
    Optional<SegmentRow> joinedOver(LogPartition partition, long offset) {
        return query(
                        "select " + COLUMNS + " from segment where topic_id = ? and partition = ? and first_offset <= ?"
                                + " order by first_offset desc limit 1",
                        at -> {
                            place(at, 1, partition);
                            at.setLong(3, offset);
                        },
                        SegmentRows::row)
                .stream()
                .filter(row -> row.endOffset() > offset
                        && row.stored() != null
                        && row.stored().joinedFrom() != null)
                .findFirst();
    }

    /**
     * Puts a tile at the end of the others, in the place of one there that was not settled.
     *
     * @throws LeaseLostException when the lease is another's, or that is not the end any more
     */
    void lay(SegmentRow row, Lease lease) {
        var laid = update(LAY, at -> {
            place(at, 1, row.partition());
            at.setLong(3, row.firstOffset());
            at.setLong(4, row.endOffset());
            at.setString(5, row.status().name());
            stored(at, row.stored());
            at.setLong(15, lease.fence());
            held(at, 16, row.partition(), lease);
            at.setLong(18, row.firstOffset());
            place(at, 19, row.partition());
        });
        mustBeOne(laid, row.partition());
    }

    /** @throws LeaseLostException when it is not the caller's to settle */
    void settle(SegmentRow row, Lease lease) {
        var stored = row.stored();
        if (stored == null) {
            throw new IllegalArgumentException("what is lost is not stored");
        }
        var settled = update(SETTLE, at -> {
            place(at, 1, row.partition());
            at.setLong(3, row.firstOffset());
            at.setString(4, stored.sha256());
            at.setLong(5, lease.fence());
            held(at, 6, row.partition(), lease);
        });
        mustBeOne(settled, row.partition());
    }

    /** Stops the archive of a partition for good; the first reason stays. */
    void diverge(LogPartition partition, String why, Lease lease) {
        var noted = update(DIVERGE, at -> {
            at.setString(1, why);
            place(at, 2, partition);
            held(at, 4, partition, lease);
        });
        mustBeOne(noted, partition);
    }

    private static void mustBeOne(int rows, LogPartition partition) {
        if (rows != 1) {
            throw new LeaseLostException(leaseName(partition));
        }
    }

    /** All partitions that were ever seen, in order. */
    List<Known> known() {
        return query(
                KNOWN,
                at -> {},
                row -> new Known(
                        new LogPartition(row.getString(1), row.getInt(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getBoolean(6)));
    }

    Optional<String> divergence(LogPartition partition) {
        return query(
                        "select divergence from segment_partition where topic_id = ? and partition = ? and divergence is not null",
                        at -> place(at, 1, partition),
                        row -> row.getString(1))
                .stream()
                .findFirst();
    }

    List<SegmentRow> lost(LogPartition partition, int limit) {
        return some(partition, "status = 'LOST'", limit);
    }

    /** Stored ones that were of no use when they were read last. */
    List<SegmentRow> damaged(LogPartition partition, int limit) {
        return some(partition, "damage is not null", limit);
    }

    private List<SegmentRow> some(LogPartition partition, String which, int limit) {
        return query(
                "select " + COLUMNS + " from segment where topic_id = ? and partition = ? and " + which
                        + " order by first_offset limit ?",
                at -> {
                    place(at, 1, partition);
                    at.setInt(3, limit);
                },
                SegmentRows::row);
    }

    /** Notes why a stored one is of no use; a later reason takes the place of the one before. */
    void damaged(LogPartition partition, long firstOffset, String why) {
        update(
                "update segment set damage = ? where topic_id = ? and partition = ? and first_offset = ? and status = 'STORED'",
                at -> {
                    at.setString(1, why);
                    place(at, 2, partition);
                    at.setLong(4, firstOffset);
                });
    }

    /** Those that begin from one offset on and in front of another are of use. */
    void well(LogPartition partition, long from, long end) {
        update(
                "update segment set damage = null where topic_id = ? and partition = ? and first_offset >= ? and first_offset < ?"
                        + " and damage is not null",
                at -> {
                    place(at, 1, partition);
                    at.setLong(3, from);
                    at.setLong(4, end);
                });
    }

    /**
     * The tiles in their order.
     *
     * @param from the first one holds this offset
     * @param after they begin behind this one; where that was joined with others meanwhile, the joined one comes first
     */
    List<SegmentRow> page(LogPartition partition, long from, long after, int limit) {
        return query(
                PAGE,
                at -> {
                    place(at, 1, partition);
                    place(at, 3, partition);
                    at.setLong(5, after);
                    at.setLong(6, after);
                    at.setLong(7, after);
                    place(at, 8, partition);
                    at.setLong(10, from);
                    at.setInt(11, limit);
                },
                SegmentRows::row);
    }

    /** Of the stored ones that end in front of an offset or there, from another one on: the digest of the last record by its offset. */
    Map<Long, String> lastRecords(LogPartition partition, long from, long end) {
        var found = new HashMap<Long, String>();
        query(
                "select end_offset - 1, last_record from segment where topic_id = ? and partition = ?"
                        + " and first_offset >= ? and first_offset < ? and end_offset <= ? and status = 'STORED'",
                at -> {
                    place(at, 1, partition);
                    at.setLong(3, from);
                    at.setLong(4, end);
                    at.setLong(5, end);
                },
                row -> found.put(row.getLong(1), row.getString(2)));
        return found;
    }

    @Override
    public boolean any() {
        return !query("select 1 from segment where status = 'STORED' limit 1", at -> {}, row -> row.getInt(1))
                .isEmpty();
    }

    private int update(String sql, Filling filling) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            filling.fill(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new PersistenceException("the catalogue of segments cannot be written", e);
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

    private static void place(PreparedStatement at, int index, LogPartition partition) throws SQLException {
        at.setString(index, partition.topicId());
        at.setInt(index + 1, partition.partition());
    }

    private static void held(PreparedStatement at, int index, LogPartition partition, Lease lease) throws SQLException {
        at.setString(index, leaseName(partition));
        at.setLong(index + 1, lease.fence());
    }

    private static void stored(PreparedStatement at, @Nullable Stored stored) throws SQLException {
        at.setString(6, stored == null ? null : stored.objectName());
        at.setObject(7, stored == null ? null : stored.bytes(), Types.BIGINT);
        at.setString(8, stored == null ? null : stored.sha256());
        at.setInt(9, stored == null ? 0 : stored.records());
        at.setObject(10, stored == null ? null : time(stored.firstTime()), Types.TIMESTAMP_WITH_TIMEZONE);
        at.setObject(11, stored == null ? null : time(stored.lastTime()), Types.TIMESTAMP_WITH_TIMEZONE);
        at.setString(12, stored == null ? null : stored.lastRecord());
        at.setObject(13, stored == null ? null : stored.contentBytes(), Types.BIGINT);
        at.setObject(14, stored == null ? null : stored.joinedFrom(), Types.INTEGER);
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static SegmentRow row(ResultSet row) throws SQLException {
        var name = row.getString("object_name");
        var stored = name == null
                ? null
                : new Stored(
                        name,
                        row.getLong("bytes"),
                        row.getString("sha256"),
                        row.getInt("records"),
                        row.getObject("first_time", OffsetDateTime.class).toInstant(),
                        row.getObject("last_time", OffsetDateTime.class).toInstant(),
                        row.getString("last_record"),
                        row.getObject("content_bytes", Long.class),
                        row.getObject("joined_from", Integer.class));
        return new SegmentRow(
                new LogPartition(row.getString("topic_id"), row.getInt("partition")),
                row.getLong("first_offset"),
                row.getLong("end_offset"),
                Status.valueOf(row.getString("status")),
                stored);
    }
}
