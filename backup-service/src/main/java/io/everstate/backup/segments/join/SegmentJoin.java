package io.everstate.backup.segments.join;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.segments.SegmentFindings;
import io.everstate.backup.segments.SegmentObjects;
import io.everstate.backup.segments.StoredSegment;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.Segment;
import io.everstate.backup.segments.format.SegmentCorruptException;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.backup.segments.format.SegmentWriter;
import io.everstate.backup.segments.format.Sha256;
import io.everstate.backup.store.ObjectExistsException;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Makes one segment of several: they are read and checked, the joined one is stored beside them, read from there, compared record by record, and only then takes
 * their place in the catalogue. Whatever a crash leaves is found by its name and goes on from there: in the bucket are all of the small ones until then and longer.
 */
@Singleton
class SegmentJoin {
    private static final Logger LOG = Logger.getLogger(SegmentJoin.class);

    private final SegmentObjects objects;
    private final SegmentFindings findings;
    private final JoinRows rows;

    SegmentJoin(SegmentObjects objects, SegmentFindings findings, JoinRows rows) {
        this.objects = objects;
        this.findings = findings;
        this.rows = rows;
    }

    /**
     * @param tiles neighbours, at least two
     * @throws SegmentCorruptException when one of them is of no use, which is noted, or the joined one is not what was sent
     * @throws ProblemException CONFLICT when one is encrypted and no key here opens it, UNAVAILABLE when a retry can help
     */
    void join(LogPartition partition, List<Tile> tiles, Lease lease) {
        var newest = read(partition, tiles.getLast()).header();
        var origin = new SegmentOrigin(newest.topic(), newest.partitions(), partition);
        var writer = new SegmentWriter(origin, tiles.getFirst().firstOffset());
        var sum = "";
        for (var tile : tiles) {
            lease.check();
            var segment = read(partition, tile);
            segment.records().forEach(writer::append);
            sum = sum(sum, segment);
        }
        var attempt = objects.packJoined(writer.finish());
        var name = attempt.packed().name();
        lease.check();
        send(name, attempt);
        var stored = compared(partition, tiles.getFirst().firstOffset(), name, sum, lease);
        lease.check();
        rows.exchange(partition, tiles, stored.packed(), lease);
        LOG.debugf("%s has the records of %d segments", name, tiles.size());
    }

    private Segment read(LogPartition partition, Tile tile) {
        var first = tile.firstOffset();
        return findings.read(partition, first, () -> {
            var found = objects.read(partition, first, tile.objectName());
            if (!found.packed().sha256().equals(tile.sha256())) {
                throw new SegmentCorruptException(tile.objectName() + " is not what was stored");
            }
            return found.segment();
        });
    }

    /** What lies in its place is left there, and compared as if it had been sent now. */
    private void send(String name, SegmentObjects.Attempt attempt) {
        objects.endUploads(name);
        try {
            attempt.upload();
        } catch (ObjectExistsException _) {
            LOG.infof("%s is there already, and is compared", name);
        }
    }

    /** What is not the same as the small ones gives way, for no row says that it is stored. */
    private StoredSegment compared(LogPartition partition, long first, String name, String sum, Lease lease) {
        try {
            var stored = objects.read(partition, first, name);
            if (!sum("", stored.segment()).equals(sum)) {
                throw new SegmentCorruptException(name + " has other records than what it was joined from");
            }
            return stored;
        } catch (SegmentCorruptException e) {
            lease.check();
            objects.clear(name);
            throw e;
        }
    }

    /** Of all there is of each record. */
    private static String sum(String before, Segment segment) {
        var sum = before;
        for (var logged : segment.records()) {
            sum = Sha256.of(ByteBuffer.wrap((sum + logged.digest()).getBytes(US_ASCII)));
        }
        return sum;
    }
}
