package io.everstate.state.archive;

import io.everstate.state.log.LogBeginsLaterException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Records in Kafka's own batches (message format 2), one behind the other. */
final class RecordBatches {
    private RecordBatches() {}

    /** @throws LogBeginsLaterException when a batch is damaged or cut */
    static List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, byte[] batches) {
        var stored = MemoryRecords.readableRecords(ByteBuffer.wrap(batches));
        try {
            if (stored.validBytes() != batches.length) {
                throw damaged(partition, "the last one is cut", null);
            }
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            for (var batch : stored.batches()) {
                batch.ensureValid();
                batch.forEach(one -> records.add(record(partition, one)));
            }
            return records;
        } catch (KafkaException | IllegalArgumentException e) {
            throw damaged(partition, String.valueOf(e.getMessage()), e);
        }
    }

    private static LogBeginsLaterException damaged(TopicPartition partition, String why, @Nullable Throwable cause) {
        return new LogBeginsLaterException(
                "archived records of partition %d are damaged: %s".formatted(partition.partition(), why), cause);
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, Record one) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                one.offset(),
                one.timestamp(),
                TimestampType.CREATE_TIME,
                one.keySize(),
                one.valueSize(),
                one.hasKey() ? Utils.toArray(one.key()) : null,
                one.hasValue() ? Utils.toArray(one.value()) : null,
                new RecordHeaders(one.headers()),
                Optional.empty());
    }
}
