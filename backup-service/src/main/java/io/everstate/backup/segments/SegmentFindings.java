package io.everstate.backup.segments;

import io.everstate.backup.segments.SegmentRow.Stored;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.Segment;
import io.everstate.backup.segments.format.SegmentCorruptException;
import io.everstate.contracts.backup.SegmentView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What became of segments after they were stored: whoever reads one notes how it was, so that what is of no use any more is a gap until it is well again. */
@Singleton
public class SegmentFindings {
    private static final Logger LOG = Logger.getLogger(SegmentFindings.class);

    private final SegmentRows rows;

    SegmentFindings(SegmentRows rows) {
        this.rows = rows;
    }

    /**
     * Reads a segment and notes it if that is damaged or gone. What the storage does not answer says nothing about it.
     *
     * @throws ProblemException as the reading does
     */
    public <T> T read(LogPartition partition, long firstOffset, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ProblemException e) {
            if (e.type() == ProblemType.CORRUPT) {
                note(partition, () -> rows.damaged(partition, firstOffset, e.detail()));
            }
            throw e;
        }
    }

    /** Of objects that begin at the same place the one that the catalogue knows there; all of them where it knows none, or does not answer. */
    public List<String> catalogued(LogPartition partition, long firstOffset, List<String> names) {
        return stored(partition, firstOffset)
                .map(Stored::objectName)
                .filter(names::contains)
                .map(List::of)
                .orElse(names);
    }

    /**
     * Where the catalogue says nothing of it, or does not answer, nothing is compared. Of an object that it does not know, in the place of one that it does, the
     * last record of each segment that it knows there has to be the one that it knows.
     *
     * @throws SegmentCorruptException when it is another one than was stored, whatever its own sums say
     */
    public StoredSegment asWritten(StoredSegment found) {
        var header = found.segment().header();
        var stored = stored(header.logPartition(), header.firstOffset()).orElse(null);
        if (stored == null) {
            return found;
        }
        var same = stored.objectName().equals(found.packed().name())
                ? stored.sha256().equals(found.packed().sha256())
                : holdsWhatIsKnown(found.segment());
        if (!same) {
            throw new SegmentCorruptException(found.packed().name() + " is not what was stored");
        }
        return found;
    }

    private boolean holdsWhatIsKnown(Segment found) {
        var header = found.header();
        var known = rows.lastRecords(header.logPartition(), header.firstOffset(), header.endOffset());
        for (var logged : found.records()) {
            known.computeIfPresent(logged.offset(), (_, digest) -> digest.equals(logged.digest()) ? null : digest);
        }
        return known.isEmpty();
    }

    private Optional<Stored> stored(LogPartition partition, long firstOffset) {
        return row(partition, firstOffset)
                .filter(row -> row.status() == Status.STORED)
                .map(SegmentRow::stored);
    }

    private Optional<SegmentRow> row(LogPartition partition, long firstOffset) {
        try {
            return rows.find(partition, firstOffset);
        } catch (PersistenceException e) {
            LOG.debugf("A segment of %s is not compared with its row: %s", partition, e.getMessage());
            return Optional.empty();
        }
    }

    /** All that begin from one offset on and in front of another were read, and are as they were written. */
    public void well(LogPartition partition, long from, long end) {
        note(partition, () -> rows.well(partition, from, end));
    }

    /** What is read is of use also while the database is away. */
    private static void note(LogPartition partition, Runnable note) {
        try {
            note.run();
        } catch (PersistenceException e) {
            LOG.warnf("How segments of %s were found is not written down: %s", partition, e.getMessage());
        }
    }
}
