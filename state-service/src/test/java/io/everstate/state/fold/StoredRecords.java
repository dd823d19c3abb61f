package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.Owner;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer gets them. */
public final class StoredRecords {
    public static final RecordCodec CODEC = new RecordCodec(TestJson.format());
    public static final String TOPIC = "events";
    /** The record at offset 0; each is a second later than the one before. */
    static final Instant WRITTEN = Instant.parse("2026-02-01T00:00:00Z");

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

    /** As a version reads them that does not know these events yet. */
    public static RecordCodec codecWithout(Class<? extends BotEvent> unknown) {
        var known = TestJson.format();
        return new RecordCodec(new JsonFormat() {
            @Override
            public byte[] write(Object value) {
                return known.write(value);
            }

            @Override
            public <T> T read(byte[] json, Class<T> type) {
                if (type == unknown) {
                    throw new UnreadableRecordException("unknown event " + type.getSimpleName(), null);
                }
                return known.read(json, type);
            }
        });
    }

    /** What a plain fold makes of them. */
    static PartitionFold fold(List<ConsumerRecord<String, byte[]>> records, RecordCodec codec) {
        var fold = new PartitionFold();
        for (var stored : records) {
            var headers = new HashMap<String, String>();
            stored.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            switch (codec.read(headers, stored.value())) {
                case Known(var entry) -> fold.apply(entry);
                case NotUnderstood entry -> fold.park(entry, stored.offset());
                case Foreign _ -> {}
                case Unattributable(var why) -> throw new IllegalStateException(why);
            }
        }
        return fold;
    }

    public static ConsumerRecord<String, byte[]> foreign(long offset) {
        return stored(0, offset, "garbage", new byte[] {1, 2, 3}, new RecordHeaders());
    }

    /** Ours, of a later version, of a bot that can be told. */
    public static ConsumerRecord<String, byte[]> strange(long offset, Owner owner, BotId bot, long sequence) {
        var headers = new RecordHeaders();
        TestLog.strangeHeaders(owner, bot, sequence)
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return stored(0, offset, bot.toString(), new byte[] {1, 2, 3}, headers);
    }

    /** Ours, of a later version, and nobody knows of which bot. */
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
                WRITTEN.plusSeconds(offset).toEpochMilli(),
                TimestampType.CREATE_TIME,
                key.length(),
                value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
