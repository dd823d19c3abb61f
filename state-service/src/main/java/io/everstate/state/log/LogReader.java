package io.everstate.state.log;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads stretches of the log beside the projection, outside of any consumer group. Thread-safe: each reading has a client of its own. */
@Singleton
public final class LogReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final EventLogConfiguration configuration;

    LogReader(@Identifier("default-kafka-broker") Map<String, Object> kafka, EventLogConfiguration configuration) {
        this.kafka = kafka;
        this.configuration = configuration;
    }

    /**
     * Gives the records from one offset to another, in order and in pieces.
     *
     * @param to of the first record that is not wanted
     * @throws LogUnavailableException when nothing more comes within the log's deadline
     * @throws ProblemException NOT_FOUND when the log does not have the offset {@code from} any more
     */
    public void read(int partition, long from, long to, Consumer<List<ConsumerRecord<String, byte[]>>> pieces) {
        if (from >= to) {
            return;
        }
        var source = new TopicPartition(configuration.topic(), partition);
        try (var consumer = new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(source));
            consumer.seek(source, from);
            var patience = System.nanoTime();
            while (consumer.position(source, configuration.deadline()) < to) {
                var read = consumer.poll(POLL).records(source).stream()
                        .filter(stored -> stored.offset() < to)
                        .toList();
                if (!read.isEmpty()) {
                    pieces.accept(read);
                    patience = System.nanoTime();
                } else if (System.nanoTime() - patience
                        > configuration.deadline().toNanos()) {
                    throw new LogUnavailableException(
                            "partition %d gives nothing from offset %d on".formatted(partition, from));
                }
            }
        } catch (OffsetOutOfRangeException e) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "the log does not have offset %d of partition %d".formatted(from, partition),
                    e);
        } catch (KafkaException e) {
            throw new LogUnavailableException(e);
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        var deadline = (int) configuration.deadline().toMillis();
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "state-service-reader");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, deadline);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, deadline);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }
}
