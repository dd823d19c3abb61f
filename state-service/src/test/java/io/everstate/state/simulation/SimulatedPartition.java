package io.everstate.state.simulation;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.fold.StoredHeaders;
import io.everstate.state.fold.StoredRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A partition of the log, and what is known to those who write it. */
final class SimulatedPartition {
    private static final Instant WRITTEN = Instant.parse("2026-02-01T00:00:00Z");

    private final int number;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    /** Of each record what the epoch and its bot's next number were in front of it. */
    private final List<Expected> expected = new ArrayList<>();

    private final PartitionFold view = new PartitionFold();
    /** How often it has lost its end: what is written behind that is written at another time. */
    private int cuts;

    /** What a record would have to carry to count. */
    record Expected(long epoch, long sequence) {}

    SimulatedPartition(int number) {
        this.number = number;
    }

    /** The same, as far as it was up to this offset. */
    SimulatedPartition cut(int end) {
        var cut = new SimulatedPartition(number);
        records.subList(0, end).forEach(cut::add);
        cut.cuts = cuts + 1;
        return cut;
    }

    List<ConsumerRecord<String, byte[]>> records() {
        return records;
    }

    int end() {
        return records.size();
    }

    Expected expected(long offset) {
        return expected.get((int) offset);
    }

    /** Whether the record there is one in front of which its readers stop. */
    boolean stopsAt(long offset) {
        if (offset >= end()) {
            return false;
        }
        var stored = records.get((int) offset);
        return StoredRecords.CODEC.read(StoredHeaders.of(stored), stored.value()) instanceof Unattributable;
    }

    long epoch() {
        return view.epoch();
    }

    Optional<BotState> find(BotId bot) {
        return view.find(bot);
    }

    /** The number that the bot's next event has, also where readers of this version do not follow it any more. */
    long next(BotId bot) {
        var counted = view.find(bot).map(BotState::sequence).orElse(0L);
        var passedOver = view.parking(bot).map(Parking::sequence).orElse(0L);
        return Math.max(counted, passedOver) + 1;
    }

    void append(LogRecord entry) {
        var encoded = StoredRecords.CODEC.encode(entry);
        append(encoded.key(), encoded.headers(), encoded.data());
    }

    void append(@Nullable String key, Map<String, String> headers, byte @Nullable [] data) {
        var stored = new RecordHeaders();
        headers.forEach((name, value) -> stored.add(name, value.getBytes(StandardCharsets.UTF_8)));
        add(at(end(), key, stored, data));
    }

    /** A producer's send that is done once more. */
    void repeat(int offset) {
        var earlier = records.get(offset);
        add(at(end(), earlier.key(), new RecordHeaders(earlier.headers()), earlier.value()));
    }

    void add(ConsumerRecord<String, byte[]> stored) {
        var headers = StoredHeaders.of(stored);
        expected.add(new Expected(view.epoch(), next(headers)));
        records.add(stored);
        switch (StoredRecords.CODEC.read(headers, stored.value())) {
            case Known(var entry) -> view.apply(entry);
            case NotUnderstood entry -> view.park(entry, stored.offset());
            case Foreign _, Unattributable _ -> {}
        }
    }

    private long next(Map<String, String> headers) {
        try {
            return next(BotId.of(headers.getOrDefault("ce_subject", "")));
        } catch (IllegalArgumentException _) {
            return 0; // of no bot
        }
    }

    private ConsumerRecord<String, byte[]> at(
            long offset, @Nullable String key, RecordHeaders headers, byte @Nullable [] data) {
        return new ConsumerRecord<>(
                StoredRecords.TOPIC,
                number,
                offset,
                WRITTEN.plusSeconds(offset).plusMillis(cuts).toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                data,
                headers,
                Optional.empty());
    }

    /** A record as somebody reads it who does not look at these headers. */
    static ConsumerRecord<String, byte[]> with(ConsumerRecord<String, byte[]> stored, Map<String, Long> numbers) {
        var headers = new HashMap<>(StoredHeaders.of(stored));
        numbers.forEach((name, number) -> headers.replace(name, Long.toString(number)));
        var changed = new RecordHeaders();
        headers.forEach((name, value) -> changed.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return new ConsumerRecord<>(
                stored.topic(),
                stored.partition(),
                stored.offset(),
                stored.timestamp(),
                stored.timestampType(),
                0,
                0,
                stored.key(),
                stored.value(),
                changed,
                Optional.empty());
    }
}
