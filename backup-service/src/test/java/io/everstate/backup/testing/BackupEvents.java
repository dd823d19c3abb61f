package io.everstate.backup.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.TestPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What was sent to the topic of backup events since a moment, about one thing, as it came so far. */
public final class BackupEvents implements AutoCloseable {
    private final String key;
    private final Instant since;
    private final List<String> types = new ArrayList<>();
    private final KafkaConsumer<String, String> consumer;

    public BackupEvents(String key, Instant since) {
        this.key = key;
        this.since = since;
        this.consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", TestPlatform.shared().kafka(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest",
                        "allow.auto.create.topics", "false",
                        "metadata.max.age.ms", "1000"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(Topics.BACKUP_EVENTS));
    }

    /** @return the names of all that came, the first one first: {@code backup-too-old} */
    public List<String> types() {
        for (var event : consumer.poll(Duration.ofMillis(500))) {
            if (event.key().equals(key)
                    && !Instant.ofEpochMilli(event.timestamp()).isBefore(since)) {
                var type = new String(event.headers().lastHeader("ce_type").value(), UTF_8);
                types.add(type.replace("io.everstate.backup.", "").replace(".v1", ""));
            }
        }
        return List.copyOf(types);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
