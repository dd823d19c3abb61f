package io.everstate.benchmarks.bots;

import io.everstate.contracts.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Events as bot-service recorded them, for its peers to record. */
record Sample(List<ConsumerRecord<byte[], byte[]>> records) {

    private static final Duration POLL = Duration.ofSeconds(1);

    /**
     * Of the newest of all partitions together, so many, those of one type.
     *
     * @param type as {@code trade-executed}
     */
    static Sample newest(String kafka, int partitions, int records, String type) {
        Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(Topics.BOT_EVENTS, partition))
                    .toList();
            consumer.assign(all);
            long each = records / partitions;
            consumer.endOffsets(all).forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - each)));
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            for (var polled = consumer.poll(POLL); !polled.isEmpty(); polled = consumer.poll(POLL)) {
                polled.forEach(record -> {
                    if (isOf(type, record)) {
                        read.add(record);
                    }
                });
            }
            return new Sample(read);
        }
    }

    private static boolean isOf(String type, ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader("ce_type");
        return header != null && new String(header.value(), StandardCharsets.UTF_8).contains("." + type + ".");
    }

    /** Bytes of a record on average: headers, key and value. */
    double averageBytes() {
        return records.stream()
                .mapToInt(record -> line(record).length)
                .average()
                .orElseThrow();
    }

    /**
     * One record a line, for a tool that knows values only: headers, key and value in one, so that it sends as many bytes.
     */
    void writeLines(Path file) {
        try (var out = Files.newOutputStream(file)) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                out.write(line(record));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] line(ConsumerRecord<byte[], byte[]> record) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (Header header : record.headers()) {
            line.writeBytes(header.key().getBytes(StandardCharsets.UTF_8));
            line.writeBytes(header.value());
        }
        line.writeBytes(record.key());
        line.writeBytes(record.value());
        return line.toByteArray();
    }
}
