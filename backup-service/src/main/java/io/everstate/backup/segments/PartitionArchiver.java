package io.everstate.backup.segments;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.EventTopic.Bounds;
import io.everstate.backup.segments.SegmentRow.Stored;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.SegmentWriter;
import io.everstate.contracts.problem.ProblemException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Archives one partition as long as its lease lasts, each segment behind the last: row UPLOADING, object, read back, row STORED. Whatever a crash leaves
 * between two of them is found by whoever opens the archive next. For one thread at a time.
 */
final class PartitionArchiver {
    private final Tools tools;
    private final LogPartition partition;
    private final Lease lease;
    /** What lies in the bucket behind the last tile; null = to be asked. */
    private @Nullable NavigableMap<Long, List<String>> listed;
    /** Whether there may be more of it than was listed. */
    private boolean more;

    record Tools(EventTopic topic, SegmentRows rows, SegmentObjects objects, SegmentMetrics metrics) {}

    PartitionArchiver(Tools tools, LogPartition partition, Lease lease) {
        this.tools = tools;
        this.partition = partition;
        this.lease = lease;
    }

    LogPartition partition() {
        return partition;
    }

    Lease lease() {
        return lease;
    }

    /**
     * Finds where the archive ends, and counts what the bucket has behind it and what the log has thrown away, one tile a call. The log is asked under
     * the lease: it ends behind all that others archived before.
     *
     * @throws LeaseLostException when the partition is another's
     * @throws LogUnavailableException when Kafka does not answer, or the topic was made anew meanwhile
     */
    Opening open() {
        lease.check();
        if (tools.rows().divergence(partition).isPresent()) {
            return new Opening.Diverged();
        }
        try {
            return open(
                    tools.topic().bounds(partition.partition()), tools.rows().tip(partition));
        } catch (RuntimeException e) {
            listed = null;
            throw e;
        }
    }

    private Opening open(Bounds bounds, Optional<SegmentRow> tip) {
        var end = tip.map(SegmentRow::endOffset).orElse(0L);
        var there = listed(end);
        var names = there.remove(end);
        if (names != null) {
            adopt(names, end, bounds.start() <= end);
            return new Opening.Again();
        }
        if (bounds.end() < end) {
            diverge("the log ends at %d, and its records were archived up to %d".formatted(bounds.end(), end));
            return new Opening.Diverged();
        }
        var ceiling = there.isEmpty() ? Long.MAX_VALUE : there.firstKey();
        if (bounds.start() > end) {
            tools.topic().mustBe(partition.topicId());
            lost(end, Math.min(bounds.start(), ceiling));
            return new Opening.Again();
        }
        var last = tip.map(SegmentRow::stored).map(Stored::lastRecord).filter(_ -> bounds.start() < end);
        return new Opening.From(end, last.orElse(null), ceiling);
    }

    /**
     * Stores what was read behind the end of the archive.
     *
     * @return where the archive ends now
     * @throws LeaseLostException when the partition is another's
     * @throws LogUnavailableException when the topic is not the one any more that was to be read
     */
    long store(SegmentWriter segment) {
        lease.check();
        try {
            var attempt = tools.objects().pack(segment.finish());
            var row = SegmentRow.uploading(attempt.packed());
            tools.topic().mustBe(partition.topicId());
            tools.rows().lay(row, lease);
            attempt.upload();
            attempt.readBack();
            tools.rows().settle(row, lease);
            tools.metrics().stored(attempt.packed());
            return row.endOffset();
        } catch (RuntimeException e) {
            listed = null;
            throw e;
        }
    }

    /**
     * Says which of the records in front of the log's end are lost, now that their topic is gone: those that the bucket has not. What it has is counted.
     *
     * @param logEnd as it was seen last; what was begun behind that was in the log, too
     * @throws LeaseLostException when the partition is another's
     */
    void lose(long logEnd) {
        lease.check();
        try {
            var end = end();
            for (var next = listed(end).pollFirstEntry();
                    next != null;
                    next = listed(end).pollFirstEntry()) {
                lost(end, next.getKey());
                adopt(next.getValue(), next.getKey(), false);
                end = end();
            }
            var begun = tools.rows().unsettled(partition, end).map(SegmentRow::endOffset);
            lost(end, Math.max(logEnd, begun.orElse(0L)));
        } catch (RuntimeException e) {
            listed = null;
            throw e;
        }
    }

    private long end() {
        return tools.rows().tip(partition).map(SegmentRow::endOffset).orElse(0L);
    }

    private void lost(long from, long to) {
        if (from < to) {
            tools.rows().lay(SegmentRow.lost(partition, from, to), lease);
        }
    }

    /**
     * The log has another record, or none, in front of an offset than was archived.
     *
     * @throws LogUnavailableException when Kafka does not answer, or the topic was made anew meanwhile
     */
    Opening divergeAt(long end) {
        diverge("the log has another record at %d than was archived".formatted(end - 1));
        return new Opening.Diverged();
    }

    /** What was seen is this topic's if that is still there: by its name alone another is read that was made since, and it says nothing of this one. */
    private void diverge(String why) {
        tools.topic().mustBe(partition.topicId());
        tools.rows().diverge(partition, why, lease);
    }

    /** An upload to that place that somebody began and did not finish ends here: it would be a second object of it, or one of another's. */
    private NavigableMap<Long, List<String>> listed(long end) {
        var known = listed;
        if (known != null) {
            known.headMap(end, false).clear();
            if (!known.isEmpty() || !more) {
                return known;
            }
        }
        var found = tools.objects().from(partition, end);
        if (!found.containsKey(end)) {
            tools.rows()
                    .unsettled(partition, end)
                    .map(SegmentRow::stored)
                    .ifPresent(begun -> tools.objects().clear(begun.objectName()));
        }
        listed = found;
        more = !found.isEmpty();
        return found;
    }

    /**
     * What is there already is read and counted as archived. One that this catalogue promised and never counted, and that is damaged or another's whom
     * no key here opens, gives way while the log has its records.
     */
    private void adopt(List<String> names, long end, boolean inTheLog) {
        var begun = tools.rows().unsettled(partition, end);
        try {
            var row = begun.filter(promised -> isThere(promised.stored(), names))
                    .orElseGet(() -> SegmentRow.uploading(
                            tools.objects().readAny(partition, end, names).packed()));
            tools.rows().lay(row, lease);
            tools.rows().settle(row, lease);
        } catch (LeaseLostException e) {
            throw e;
        } catch (ProblemException e) {
            if (e.type().retryable() || begun.isEmpty() || !inTheLog) {
                throw e;
            }
            names.forEach(tools.objects()::clear);
        }
    }

    private boolean isThere(@Nullable Stored promised, List<String> names) {
        return promised != null
                && names.contains(promised.objectName())
                && tools.objects().holds(promised.objectName(), promised.sha256());
    }
}
