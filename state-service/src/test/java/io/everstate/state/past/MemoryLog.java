package io.everstate.state.past;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.log.LogRecord;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.log.RecordMark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** One partition, of which records can be missing. */
final class MemoryLog implements ReadableLog {
    private final TreeMap<Long, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();
    /** From where it was read. */
    final List<Long> readings = new ArrayList<>();
    /** The offset of the record that was shown last. */
    long lastShown;

    /** As consumers of bytes get it. */
    static ConsumerRecord<byte[], byte[]> stored(long offset, LogRecord entry) {
        var stored = StoredRecords.of(0, offset, entry);
        return new ConsumerRecord<>(
                stored.topic(),
                stored.partition(),
                offset,
                stored.timestamp(),
                TimestampType.CREATE_TIME,
                stored.serializedKeySize(),
                stored.serializedValueSize(),
                stored.key().getBytes(StandardCharsets.US_ASCII),
                stored.value(),
                stored.headers(),
                Optional.empty());
    }

    /** Behind all others. */
    void add(LogRecord entry) {
        var offset = records.isEmpty() ? 0 : records.lastKey() + 1;
        records.put(offset, stored(offset, entry));
    }

    /** From this offset on up to that one, which stays. */
    void lose(long from, long to) {
        records.subMap(from, to).clear();
    }

    RecordMark mark(long offset) {
        return RecordMark.of(requireNonNull(records.get(offset)));
    }

    @Override
    public void read(int partition, long from, long to, Reader reader) {
        readings.add(from);
        for (var offset = from; offset < to; offset++) {
            var stored = records.get(offset);
            if (stored == null) {
                throw new LogBeginsLaterException("offset %d is not to be had".formatted(offset), null);
            }
            lastShown = offset;
            if (!reader.read(stored)) {
                return;
            }
        }
    }

    @Override
    public boolean holds(int partition, RecordMark mark) {
        var stored = records.get(mark.offset());
        return stored == null || mark.equals(RecordMark.of(stored));
    }
}
