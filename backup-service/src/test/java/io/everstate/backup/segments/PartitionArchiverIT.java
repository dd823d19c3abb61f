package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.segments.PartitionArchiver.Tools;
import io.everstate.backup.segments.SegmentObjects.Attempt;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.backup.segments.format.SegmentWriter;
import io.everstate.contracts.backup.SegmentView.Status;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written down of a partition whose topic is gone: on real PostgreSQL, and Kafka is not asked. */
class PartitionArchiverIT {
    private static final LogPartition PARTITION = new LogPartition("q3ZbH1b7RkWm0y8b2V5uXg", 3);
    private static final SegmentOrigin ORIGIN = new SegmentOrigin("everstate.bot.events", 12, PARTITION);
    private static final int LIMIT = 100;

    private ArchiveParts parts;
    private Lease lease;
    private PartitionArchiver archiver;

    /** A row of the catalogue, to be compared. */
    private record Tile(long firstOffset, long endOffset, Status status) {}

    @BeforeEach
    void start() throws SQLException {
        parts = new ArchiveParts(ORIGIN.topic(), Clock.systemUTC());
        parts.rows.seen(ORIGIN.topic(), PARTITION);
        lease = parts.leases.tryAcquire(SegmentRows.leaseName(PARTITION)).orElseThrow();
        archiver = new PartitionArchiver(
                new Tools(parts.topic, parts.rows, parts.objects, parts.metrics), PARTITION, lease);
    }

    @AfterEach
    void stop() {
        parts.close();
    }

    private Attempt segment(long first, long end) {
        var writer = new SegmentWriter(ORIGIN, first);
        for (var offset = first; offset < end; offset++) {
            writer.append(new LoggedRecord(offset, offset, null, null, List.of()));
        }
        return parts.objects.pack(writer.finish());
    }

    private List<Tile> tiles() {
        return parts.rows.page(PARTITION, 0, -1, LIMIT).stream()
                .map(row -> new Tile(row.firstOffset(), row.endOffset(), row.status()))
                .toList();
    }

    @Test
    void anObjectThatWasSentAndNotCountedIsCountedAndWhatWasBehindItIsLost() {
        var sent = segment(0, 10);
        parts.rows.lay(SegmentRow.uploading(sent.packed()), lease);
        sent.upload();

        archiver.lose(30);

        assertThat(tiles()).containsExactly(new Tile(0, 10, Status.STORED), new Tile(10, 30, Status.LOST));
    }

    @Test
    void whatTheBucketHasNotIsLostAlsoBetweenObjects() {
        segment(0, 10).upload();
        segment(15, 20).upload();

        archiver.lose(30);

        assertThat(tiles())
                .containsExactly(
                        new Tile(0, 10, Status.STORED),
                        new Tile(10, 15, Status.LOST),
                        new Tile(15, 20, Status.STORED),
                        new Tile(20, 30, Status.LOST));
    }

    private Attempt joined(long first, long end) {
        return parts.objects.packJoined(ArchiveParts.content(ORIGIN, first, end, 0));
    }

    /** As after a database that was lost behind a join and in front of the removal of what was joined. */
    @Test
    void ofAJoinedOneAndWhatItWasJoinedFromEachRecordIsCountedOnce() {
        segment(0, 10).upload();
        segment(10, 20).upload();
        joined(0, 20).upload();
        segment(20, 30).upload();

        archiver.lose(30);

        assertThat(tiles()).containsExactly(new Tile(0, 20, Status.STORED), new Tile(20, 30, Status.STORED));
        assertThat(parts.rows.joinedOver(PARTITION, 15)).isPresent();
    }

    /** It was cut off while it was joined. */
    @Test
    void whereTheJoinedOneIsDamagedTheSmallOnesAreCounted() {
        segment(0, 10).upload();
        segment(10, 20).upload();
        parts.damage(joined(0, 20).packed().name());

        archiver.lose(20);

        assertThat(tiles()).containsExactly(new Tile(0, 10, Status.STORED), new Tile(10, 20, Status.STORED));
    }

    /** It was read behind the end that was seen last. */
    @Test
    void whatWasBegunAndNotSentIsLostToItsEnd() {
        parts.rows.lay(SegmentRow.uploading(segment(0, 40).packed()), lease);

        archiver.lose(30);

        assertThat(tiles()).containsExactly(new Tile(0, 40, Status.LOST));
    }

    @Test
    void nothingIsLostThatIsArchived() {
        segment(0, 10).upload();

        archiver.lose(10);

        assertThat(tiles()).containsExactly(new Tile(0, 10, Status.STORED));
    }
}
