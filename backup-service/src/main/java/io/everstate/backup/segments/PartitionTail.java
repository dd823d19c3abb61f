package io.everstate.backup.segments;

import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.backup.segments.format.SegmentWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What was read of a partition behind the end of its archive, as segments to be stored one after the other. For one thread; times are of {@code System.nanoTime}. */
final class PartitionTail {
    private final SegmentOrigin origin;
    private final Limits limits;
    private final long ceiling;
    private final Queue<Run> full = new ArrayDeque<>();
    private @Nullable Run open;
    private @Nullable SegmentWriter storing;
    private long next;
    private @Nullable String lastRecord;
    private boolean comparing;
    private long comparedAt;
    private boolean ended;

    /**
     * @param size bytes of records after which a segment is full
     * @param nanos after which it is due, and after which the log is compared again before a new one begins
     */
    record Limits(long size, long nanos) {}

    /** @param since when its first record was read */
    private record Run(SegmentWriter writer, long since) {}

    enum Taken {
        ALL,
        /** None of them: the log is to be read again from {@link #from()}, to see whether it is still the one that was archived. */
        NONE,
        /** The log has another record than was archived, or none. */
        CHANGED
    }

    PartitionTail(SegmentOrigin origin, Limits limits, Opening.From opening, long now) {
        this.origin = origin;
        this.limits = limits;
        this.ceiling = opening.ceiling();
        this.next = opening.end();
        this.lastRecord = opening.lastRecord();
        this.comparing = lastRecord != null;
        this.comparedAt = now;
    }

    LogPartition partition() {
        return origin.partition();
    }

    /** Behind what was read. */
    long end() {
        return next;
    }

    /** Where the log is to be read from next: the record that is compared first is the last one that is known. */
    long from() {
        return comparing ? next - 1 : next;
    }

    /** @param records at least one: the next ones that the log has */
    Taken take(List<LoggedRecord> records, long now) {
        if (comparing) {
            var first = records.getFirst();
            if (first.offset() != next - 1 || !first.digest().equals(lastRecord)) {
                return Taken.CHANGED;
            }
            comparing = false;
            comparedAt = now;
        } else if (lastRecord != null && open == null && now - comparedAt > limits.nanos()) {
            comparing = true;
            return Taken.NONE;
        }
        for (var logged : records) {
            if (logged.offset() >= next) {
                append(logged, now);
            }
        }
        if (open != null) {
            lastRecord = open.writer().lastRecord();
        }
        return Taken.ALL;
    }

    private void append(LoggedRecord logged, long now) {
        if (logged.offset() >= ceiling) {
            ended = true;
            return;
        }
        var run = open == null ? new Run(new SegmentWriter(origin, next), now) : open;
        open = run;
        run.writer().append(logged);
        next = logged.offset() + 1;
        ended = next == ceiling;
        if (run.writer().contentBytes() >= limits.size()) {
            close(run);
        }
    }

    private void close(Run run) {
        lastRecord = run.writer().lastRecord();
        full.add(run);
        open = null;
    }

    /** Nothing more can be read: what was is due. */
    void breakOff() {
        ended = true;
    }

    /** Whether nothing more should be read for now. */
    boolean isFull() {
        return ended || !full.isEmpty();
    }

    /** @param pressed whether all that can be stored is, since memory ends */
    boolean isDue(long now, boolean pressed) {
        if (storing != null) {
            return false;
        }
        return !full.isEmpty() || (open != null && (pressed || ended || now - open.since() >= limits.nanos()));
    }

    /** When the first record was read that waits; of one where some do. */
    long waitingSince() {
        var run = full.isEmpty() ? open : full.element();
        return run == null ? Long.MAX_VALUE : run.since();
    }

    /** The next segment to be stored, of one that is due; the one after that is due only when this is {@link #stored()}. */
    SegmentWriter begin() {
        if (full.isEmpty() && open != null) {
            close(open);
        }
        var writer = full.remove().writer();
        storing = writer;
        return writer;
    }

    void stored() {
        storing = null;
    }

    /** Bytes of memory. */
    long heldBytes() {
        var held = storing == null ? 0L : storing.heldBytes();
        held += open == null ? 0 : open.writer().heldBytes();
        for (var run : full) {
            held += run.writer().heldBytes();
        }
        return held;
    }

    /** Whether all was stored up to the next object of the bucket, or to where the log gives no more. */
    boolean isAtItsEnd() {
        return ended && heldBytes() == 0;
    }
}
