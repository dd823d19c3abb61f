package io.everstate.backup.segments.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records as Kafka's own batches (message format 2), uncompressed, one behind the other as in a file of its log. */
final class RecordBatches {
    private static final int LARGEST = 1 << 19;

    private RecordBatches() {}

    /** @param records of growing offsets */
    static ByteBuffer write(List<LoggedRecord> records) {
        var batches = new ByteArrayOutputStream();
        for (var from = 0; from < records.size(); ) {
            var to = from;
            var size = 0;
            while (to < records.size() && (to == from || size + records.get(to).size() <= LARGEST)) {
                size += records.get(to).size();
                to++;
            }
            var batch = batch(records.subList(from, to), size + LARGEST / 64);
            batches.write(batch.array(), batch.arrayOffset() + batch.position(), batch.remaining());
            from = to;
        }
        return ByteBuffer.wrap(batches.toByteArray());
    }

    private static ByteBuffer batch(List<LoggedRecord> records, int room) {
        try (var builder = MemoryRecords.builder(
                ByteBuffer.allocate(room),
                RecordBatch.CURRENT_MAGIC_VALUE,
                Compression.NONE,
                TimestampType.CREATE_TIME,
                records.getFirst().offset())) {
            for (var logged : records) {
                builder.appendWithOffset(
                        logged.offset(),
                        logged.timestamp(),
                        unread(logged.key()),
                        unread(logged.value()),
                        logged.headers().toArray(new Header[0]));
            }
            return builder.build().buffer();
        }
    }

    private static @Nullable ByteBuffer unread(@Nullable ByteBuffer bytes) {
        return bytes == null ? null : bytes.duplicate();
    }

    /** @throws SegmentCorruptException when a batch is damaged or cut */
    static List<LoggedRecord> read(ByteBuffer batches) {
        var stored = MemoryRecords.readableRecords(batches.duplicate());
        try {
            if (stored.validBytes() != stored.sizeInBytes()) {
                throw new SegmentCorruptException("the last batch of records is cut");
            }
            var records = new ArrayList<LoggedRecord>();
            for (var batch : stored.batches()) {
                batch.ensureValid();
                batch.forEach(one -> records.add(LoggedRecord.of(one)));
            }
            return records;
        } catch (KafkaException | IllegalArgumentException e) {
            throw new SegmentCorruptException("a batch of records is damaged: " + e.getMessage(), e);
        }
    }
}
