package io.everstate.backup.segments;

import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.SegmentHeader;
import io.everstate.backup.segments.format.SegmentNames;
import io.everstate.contracts.backup.SegmentView;
import io.everstate.contracts.backup.SegmentView.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One tile of a partition.
 *
 * @param endOffset behind its last record
 * @param stored what is in the bucket; null for what is lost
 */
record SegmentRow(
        LogPartition partition,
        long firstOffset,
        long endOffset,
        Status status,
        @Nullable Stored stored) {

    /**
     * @param bytes of the object, and {@code sha256} theirs
     * @param lastRecord the digest of the last record
     * @param contentBytes of its records, unpacked; null where nobody noted it
     * @param joinedFrom how many smaller ones it was joined from, 0 where nobody knows; null when it is as it was archived
     */
    record Stored(
            String objectName,
            long bytes,
            String sha256,
            int records,
            Instant firstTime,
            Instant lastTime,
            String lastRecord,
            @Nullable Long contentBytes,
            @Nullable Integer joinedFrom) {}

    static SegmentRow lost(LogPartition partition, long firstOffset, long endOffset) {
        return new SegmentRow(partition, firstOffset, endOffset, Status.LOST, null);
    }

    /** What is in the bucket, or will be, and was not read back for the catalogue yet. */
    static SegmentRow uploading(PackedSegment packed) {
        SegmentHeader header = packed.header();
        var joined = SegmentNames.joinedTo(header.logPartition(), packed.name()).isPresent();
        return new SegmentRow(
                header.logPartition(),
                header.firstOffset(),
                header.endOffset(),
                Status.UPLOADING,
                new Stored(
                        packed.name(),
                        packed.file().remaining(),
                        packed.sha256(),
                        header.records(),
                        header.firstTime(),
                        header.lastTime(),
                        header.lastRecord(),
                        (long) header.contentBytes(),
                        joined ? 0 : null));
    }

    SegmentView view() {
        return new SegmentView(
                partition.topicId(),
                partition.partition(),
                firstOffset,
                endOffset - 1,
                status,
                stored == null ? 0 : stored.records(),
                stored == null ? null : stored.firstTime(),
                stored == null ? null : stored.lastTime(),
                stored == null ? null : stored.objectName(),
                stored == null ? null : stored.bytes(),
                stored == null ? null : stored.sha256());
    }
}
