package io.everstate.backup.segments.format;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A segment while its records come: each is copied into one of Kafka's own batches (message format 2, uncompressed), so that nothing keeps what was
 * fetched with it in memory. For one thread at a time.
 */
public final class SegmentWriter {
    /** Bytes of the first batch; the next ones have as many as there are already, up to the largest. */
    private static final int SMALLEST = 1 << 14;

    private static final int LARGEST = 1 << 17;

    private final SegmentOrigin origin;
    private final long firstOffset;
    private final List<ByteBuffer> batches = new ArrayList<>();
    private @Nullable MemoryRecordsBuilder batch;
    private int room;
    private int full;
    private @Nullable LoggedRecord last;
    private String lastRecord = "";
    private int records;
    private long endOffset;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    public SegmentWriter(SegmentOrigin origin, long firstOffset) {
        this.origin = origin;
        this.firstOffset = firstOffset;
        this.endOffset = firstOffset;
    }

    /** @param logged behind all that were appended */
    public void append(LoggedRecord logged) {
        if (logged.offset() < endOffset) {
            throw new IllegalArgumentException("%d is in front of %d".formatted(logged.offset(), endOffset));
        }
        var target = batch == null ? begin(logged.offset()) : batch;
        target.appendWithOffset(
                logged.offset(),
                logged.timestamp(),
                unread(logged.key()),
                unread(logged.value()),
                logged.headers().toArray(new Header[0]));
        records++;
        endOffset = logged.offset() + 1;
        earliest = Math.min(earliest, logged.timestamp());
        latest = Math.max(latest, logged.timestamp());
        last = logged;
        if (target.estimatedSizeInBytes() >= room) {
            end(target);
        }
    }

    private MemoryRecordsBuilder begin(long offset) {
        room = Math.clamp(full, SMALLEST, LARGEST);
        var begun = MemoryRecords.builder(
                ByteBuffer.allocate(room + room / 8),
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE,
                TimestampType.CREATE_TIME,
                offset);
        batch = begun;
        return begun;
    }

    private static @Nullable ByteBuffer unread(@Nullable ByteBuffer bytes) {
        return bytes == null ? null : bytes.duplicate();
    }

    private void end(MemoryRecordsBuilder ended) {
        var bytes = ended.build().buffer();
        batches.add(bytes);
        full += bytes.remaining();
        batch = null;
    }

    /** Bytes of its batches. */
    public int contentBytes() {
        return full + (batch == null ? 0 : batch.estimatedSizeInBytes());
    }

    /** About as many bytes as it takes in memory. */
    public int heldBytes() {
        return full + (batch == null ? 0 : Math.max(room, batch.estimatedSizeInBytes()));
    }

    /** The digest of the last record, of at least one; nothing of what was fetched with that is kept from then on. */
    public String lastRecord() {
        if (last != null) {
            lastRecord = last.digest();
            last = null;
        }
        return lastRecord;
    }

    /** All of it, of at least one record; nothing may be appended any more. */
    public SegmentContent finish() {
        if (batch != null) {
            end(batch);
        }
        var content = Sha256.digest();
        batches.forEach(bytes -> content.update(bytes.duplicate()));
        var partition = origin.partition();
        var header = new SegmentHeader(
                SegmentHeader.FORMAT_VERSION,
                origin.topic(),
                partition.topicId(),
                partition.partition(),
                origin.partitions(),
                firstOffset,
                endOffset,
                records,
                Instant.ofEpochMilli(earliest),
                Instant.ofEpochMilli(latest),
                full,
                HexFormat.of().formatHex(content.digest()),
                lastRecord());
        return new SegmentContent(header, List.copyOf(batches));
    }
}
