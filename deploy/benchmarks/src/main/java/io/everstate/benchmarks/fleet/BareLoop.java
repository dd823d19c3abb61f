package io.everstate.benchmarks.fleet;

import com.fasterxml.jackson.databind.ObjectReader;
import io.everstate.cli.console.Json;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.wire.EventTypes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * {@code <bootstrap servers> <topic> <records> [without-parsing]}: reads so many records, makes each one's JSON the value of its type by Jackson unless
 * told not to, and does nothing with it. Prints how many records a second, from the first that came on.
 */
public final class BareLoop {

    public static final String WITHOUT_PARSING = "without-parsing";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final double NANOS_A_SECOND = 1e9;

    private final Map<String, ObjectReader> readers = new HashMap<>();

    private final boolean parses;

    private BareLoop(boolean parses) {
        this.parses = parses;
        EventTypes.byName(BotEvent.DOMAIN, BotEvent.class)
                .forEach((name, type) -> readers.put(name, Json.MAPPER.readerFor(type)));
        readers.put(OwnershipClaimed.TYPE, Json.MAPPER.readerFor(Map.class));
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                arguments[0],
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000);
        List<TopicPartition> partitions = IntStream.range(0, FleetLog.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(arguments[1], partition))
                .toList();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            boolean parses = arguments.length < 4 || !arguments[3].equals(WITHOUT_PARSING);
            out.println(new BareLoop(parses).rate(consumer, Long.parseLong(arguments[2])));
        }
    }

    private double rate(KafkaConsumer<String, byte[]> consumer, long records) throws IOException {
        long begin = 0;
        long read = 0;
        while (read < records) {
            for (ConsumerRecord<String, byte[]> stored : consumer.poll(POLL)) {
                begin = begin == 0 ? System.nanoTime() : begin;
                if (parses && value(stored) == null) {
                    throw new IllegalStateException("nothing at " + stored);
                }
                read++;
            }
        }
        return read * NANOS_A_SECOND / (System.nanoTime() - begin);
    }

    private Object value(ConsumerRecord<String, byte[]> stored) throws IOException {
        String type = new String(stored.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        ObjectReader reader = readers.get(type);
        if (reader == null) {
            throw new IllegalStateException("a type that nobody knows: " + type);
        }
        return reader.readValue(stored.value());
    }
}
