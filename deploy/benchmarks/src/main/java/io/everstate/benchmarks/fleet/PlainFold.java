package io.everstate.benchmarks.fleet;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What any reader makes of a log: record by record through the one fold, a partition at a time, with nothing left out. */
final class PlainFold {

    private static final Duration POLL = Duration.ofMillis(200);

    private final RecordCodec codec = new RecordCodec(new PlainJson());
    private final Map<UUID, Fingerprint> bots = new HashMap<>();

    private PlainFold() {}

    /** Each bot by its id. */
    static Map<UUID, Fingerprint> of(FleetLog log) {
        PlainFold plain = new PlainFold();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, log.kafka()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            for (int partition = 0; partition < FleetLog.PARTITIONS; partition++) {
                plain.add(consumer, new TopicPartition(log.topic(), partition));
            }
        }
        return plain.bots;
    }

    private void add(KafkaConsumer<String, byte[]> consumer, TopicPartition partition) {
        PartitionFold fold = new PartitionFold();
        Map<BotId, long[]> trades = new HashMap<>();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).forEach(stored -> apply(stored, fold, trades));
        }
        fold.bots().forEach(state -> {
            long[] made = trades.getOrDefault(state.id(), new long[2]);
            bots.put(state.id().value(), Fingerprint.of(state, made[0], made[1]));
        });
    }

    private void apply(ConsumerRecord<String, byte[]> stored, PartitionFold fold, Map<BotId, long[]> trades) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : stored.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        if (!(codec.read(headers, stored.value()) instanceof Known(var entry))) {
            throw new IllegalStateException("a record of our own is not known: " + headers);
        }
        if (fold.apply(entry) instanceof Applied && entry instanceof BotEventRecorded recorded) {
            int fills = recorded.event().fills().size();
            long[] made = trades.computeIfAbsent(recorded.bot(), _ -> new long[2]);
            made[0] += fills;
            made[1] += fills * recorded.sequence();
        }
    }
}
