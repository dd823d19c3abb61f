package io.everstate.backup.segments.format;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** A run of consecutive records of one partition. Its batches are as its header says: one that is not cannot be made. */
public record Segment(SegmentHeader header, ByteBuffer batches) {
    public Segment {
        check(header, batches);
    }

    /**
     * @param partitions of the topic
     * @param records at least one, of growing offsets, none in front of the first offset
     */
    public static Segment of(
            String topic, int partitions, LogPartition partition, long firstOffset, List<LoggedRecord> records) {
        var batches = RecordBatches.write(records);
        var times = records.stream().mapToLong(LoggedRecord::timestamp).summaryStatistics();
        var last = records.getLast();
        var header = new SegmentHeader(
                SegmentHeader.FORMAT_VERSION,
                topic,
                partition.topicId(),
                partition.partition(),
                partitions,
                firstOffset,
                last.offset() + 1,
                records.size(),
                Instant.ofEpochMilli(times.getMin()),
                Instant.ofEpochMilli(times.getMax()),
                batches.remaining(),
                Sha256.of(batches),
                last.digest());
        return new Segment(header, batches);
    }

    /** In their order. */
    public List<LoggedRecord> records() {
        return RecordBatches.read(batches);
    }

    private static void check(SegmentHeader header, ByteBuffer batches) {
        if (!Sha256.of(batches).equals(header.contentSha256())) {
            throw new SegmentCorruptException("the records are not those that its header is of");
        }
        var records = RecordBatches.read(batches);
        if (records.isEmpty() || records.size() != header.records()) {
            throw new SegmentCorruptException(
                    "it holds %d records, its header says %d".formatted(records.size(), header.records()));
        }
        var next = header.firstOffset();
        for (var logged : records) {
            if (logged.offset() < next) {
                throw new SegmentCorruptException("its records are not in their order at " + logged.offset());
            }
            next = logged.offset() + 1;
        }
        if (next != header.endOffset() || !records.getLast().digest().equals(header.lastRecord())) {
            throw new SegmentCorruptException("its last record is not the one that its header names");
        }
    }
}
