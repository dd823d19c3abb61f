package io.everstate.state.fold;

import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.state.TestJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer gets them. */
public final class StoredRecords {
    public static final RecordCodec CODEC = new RecordCodec(TestJson.format());
    public static final String TOPIC = "events";

    private StoredRecords() {}

    /** One behind the other, of partition 0. */
    public static List<ConsumerRecord<String, byte[]>> from(long offset, LogRecord... entries) {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var entry : entries) {
            records.add(of(0, offset + records.size(), entry));
        }
        return records;
    }

    public static ConsumerRecord<String, byte[]> of(int partition, long offset, LogRecord entry) {
        var encoded = CODEC.encode(entry);
        var headers = new RecordHeaders();
        encoded.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return stored(partition, offset, encoded.key(), encoded.data(), headers);
    }

    public static ConsumerRecord<String, byte[]> foreign(long offset) {
        return stored(0, offset, "garbage", new byte[] {1, 2, 3}, new RecordHeaders());
    }

    /** Ours, of a later version. */
    public static ConsumerRecord<String, byte[]> unreadable(long offset) {
        var headers = new RecordHeaders();
        headers.add("ce_type", "io.everstate.bot.bot-cloned.v2".getBytes(StandardCharsets.UTF_8));
        return stored(0, offset, "garbage", new byte[] {1, 2, 3}, headers);
    }

    private static ConsumerRecord<String, byte[]> stored(
            int partition, long offset, String key, byte[] value, RecordHeaders headers) {
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                0,
                TimestampType.CREATE_TIME,
                key.length(),
                value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
