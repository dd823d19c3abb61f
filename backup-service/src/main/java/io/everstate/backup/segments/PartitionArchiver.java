package io.everstate.backup.segments;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.EventTopic.Bounds;
import io.everstate.backup.segments.EventTopic.Look;
import io.everstate.backup.segments.SegmentRow.Stored;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.Segment;
import io.everstate.backup.store.ObjectExistsException;
import io.everstate.contracts.problem.ProblemException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Archives one partition as long as its lease lasts, one segment a step, each behind the last: row UPLOADING, object, read back, row STORED. Whatever a
 * crash leaves between two of them is found by the next step of whoever has the lease then.
 */
final class PartitionArchiver {
    private final Tools tools;
    private final LogPartition partition;
    private final Lease lease;
    /** What lies in the bucket behind the last tile; null = to be asked. */
    private @Nullable NavigableMap<Long, String> listed;
    /** Whether there may be more of it than was listed. */
    private boolean more;

    /** @param size bytes of records after which a segment is full */
    record Tools(EventTopic topic, SegmentRows rows, SegmentObjects objects, SegmentMetrics metrics, long size) {}

    PartitionArchiver(Tools tools, LogPartition partition, Lease lease) {
        this.tools = tools;
        this.partition = partition;
        this.lease = lease;
    }

    Lease lease() {
        return lease;
    }

    /**
     * Brings the archive one segment nearer to the end of the log as it was looked at.
     *
     * @return whether there may be more to do at once
     * @throws LeaseLostException when the partition is another's
     */
    boolean step(Look look, Bounds bounds) {
        lease.check();
        if (tools.rows().divergence(partition).isPresent()) {
            return false;
        }
        try {
            return advance(look, bounds, tools.rows().tip(partition));
        } catch (ObjectExistsException e) {
            listed = null;
            return true;
        } catch (RuntimeException e) {
            listed = null;
            throw e;
        }
    }

    private boolean advance(Look look, Bounds bounds, Optional<SegmentRow> tip) {
        var end = tip.map(SegmentRow::endOffset).orElse(0L);
        var there = listed(end);
        var name = there.remove(end);
        if (name != null) {
            adopt(name, end, bounds);
            return true;
        }
        if (bounds.end() < end) {
            lostItsEnd(look, end);
            return false;
        }
        var next = there.isEmpty() ? Long.MAX_VALUE : there.firstKey();
        if (bounds.start() > end) {
            tools.rows().lay(SegmentRow.lost(partition, end, Math.min(bounds.start(), next)), lease);
            return true;
        }
        var to = Math.min(bounds.end(), next);
        return end < to && archive(look, tip, new Range(bounds.start(), end, to));
    }

    /** The look may be older than the lease, and whoever had that archived more meanwhile: asked again, the log says so. */
    private void lostItsEnd(Look look, long end) {
        tools.topic()
                .look()
                .filter(now -> now.topicId().equals(look.topicId()))
                .map(now -> now.partitions().get(partition.partition()))
                .filter(now -> now.end() < end)
                .ifPresent(now -> diverge(
                        "the log ends at %d, and its records were archived up to %d".formatted(now.end(), end)));
    }

    /**
     * @param start of the log
     * @param from where the archive ends, and {@code to} how far it may go
     */
    private record Range(long start, long from, long to) {}

    /** An upload to that place that somebody began and did not finish ends here: it would be a second object of it, or one of another's. */
    private NavigableMap<Long, String> listed(long end) {
        var known = listed;
        if (known != null && !(known.isEmpty() && more)) {
            return known;
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
    private void adopt(String name, long end, Bounds bounds) {
        var begun = tools.rows().unsettled(partition, end);
        try {
            var row = begun.filter(promised -> isThere(promised.stored(), name))
                    .orElseGet(() -> SegmentRow.uploading(tools.objects().read(partition, end, name)));
            tools.rows().lay(row, lease);
            tools.rows().settle(row, lease);
        } catch (LeaseLostException e) {
            throw e;
        } catch (ProblemException e) {
            if (e.type().retryable() || begun.isEmpty() || bounds.start() > end) {
                throw e;
            }
            tools.objects().clear(name);
        }
    }

    private boolean isThere(@Nullable Stored promised, String name) {
        return promised != null
                && promised.objectName().equals(name)
                && tools.objects().holds(name, promised.sha256());
    }

    private boolean archive(Look look, Optional<SegmentRow> tip, Range range) {
        var last = tip.map(SegmentRow::stored).map(Stored::lastRecord).filter(_ -> range.start() < range.from());
        if (last.isPresent() && !stillThere(range.from() - 1, last.get())) {
            diverge("the log has another record at %d than was archived".formatted(range.from() - 1));
            return false;
        }
        var records = tools.topic().read(partition.partition(), range.from(), range.to(), tools.size());
        mustBe(look);
        var end = records.getLast().offset() + 1;
        store(Segment.of(look.topic(), look.partitions().size(), partition, range.from(), records));
        return end < range.to();
    }

    private boolean stillThere(long offset, String digest) {
        List<LoggedRecord> found = tools.topic().read(partition.partition(), offset, offset + 1, 1);
        return found.getFirst().digest().equals(digest);
    }

    /** Between the look and here the topic may have been made anew under its name. */
    private void mustBe(Look look) {
        var now = tools.topic().look();
        if (now.isEmpty() || !now.get().topicId().equals(look.topicId())) {
            throw new LogUnavailableException("the topic was made anew while it was read", null);
        }
    }

    private void store(Segment segment) {
        var attempt = tools.objects().pack(segment);
        var row = SegmentRow.uploading(attempt.packed());
        tools.rows().lay(row, lease);
        attempt.upload();
        attempt.readBack();
        tools.rows().settle(row, lease);
        tools.metrics().stored(attempt.packed());
    }

    private void diverge(String why) {
        tools.rows().diverge(partition, why, lease);
    }
}
