package io.everstate.backup.segments.format;

import java.time.Instant;

/**
 * What a segment says of itself.
 *
 * @param partitions how many the topic had when this was written: by their number its keys are spread
 * @param endOffset the offset behind its last record: the next one begins there
 * @param firstTime the earliest time stamp of its records, and {@code lastTime} the latest
 * @param contentBytes of the batches of records, uncompressed; {@code contentSha256} is theirs
 * @param lastRecord the digest of its last record, by which a log is known again
 */
public record SegmentHeader(
        int formatVersion,
        String topic,
        String topicId,
        int partition,
        int partitions,
        long firstOffset,
        long endOffset,
        int records,
        Instant firstTime,
        Instant lastTime,
        int contentBytes,
        String contentSha256,
        String lastRecord) {
    static final int FORMAT_VERSION = 1;

    public LogPartition logPartition() {
        return new LogPartition(topicId, partition);
    }
}
