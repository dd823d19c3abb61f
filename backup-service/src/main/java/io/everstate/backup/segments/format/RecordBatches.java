package io.everstate.backup.segments.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.MemoryRecords;

/** Records as Kafka's own batches (message format 2), uncompressed, one behind the other as in a file of its log. */
final class RecordBatches {
    private RecordBatches() {}

    /** @param batches whose sums were checked */
    static List<LoggedRecord> read(ByteBuffer batches) {
        var records = new ArrayList<LoggedRecord>();
        MemoryRecords.readableRecords(batches.duplicate())
                .batches()
                .forEach(batch -> batch.forEach(one -> records.add(LoggedRecord.of(one))));
        return records;
    }
}
