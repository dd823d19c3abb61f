package io.everstate.state.log;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What the log says of itself; every question has a deadline. Thread-safe. */
@Singleton
public final class EventLog {
    /**
     * A client that answered nothing for so long is not asked again. On a new connection it waits an hour for the broker to say what it speaks,
     * whatever its own deadlines are: where that one answer was lost it would not know that the way is whole again.
     */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final EventLogConfiguration configuration;
    private @Nullable Admin admin;
    /** When the present client answered last, or was made. */
    private long answered;

    EventLog(@Identifier("default-kafka-broker") Map<String, Object> kafka, EventLogConfiguration configuration) {
        this.kafka = kafka;
        this.configuration = configuration;
    }

    public String topicName() {
        return configuration.topic();
    }

    /**
     * The topic of the bots' events; empty while there is none.
     *
     * @throws LogUnavailableException when Kafka does not answer
     */
    public Optional<LogTopic> find() {
        return find(configuration.topic());
    }

    /** Any other topic; empty while there is none. */
    public Optional<LogTopic> find(String name) {
        try {
            var description = answer(
                            asked -> asked.describeTopics(List.of(name)).allTopicNames())
                    .get(name);
            return Optional.ofNullable(description)
                    .map(topic -> new LogTopic(
                            topic.topicId().toString(), topic.partitions().size()));
        } catch (UnknownTopicOrPartitionException _) {
            return Optional.empty();
        }
    }

    /**
     * The offset behind the newest record by partition; empty while there is no topic.
     *
     * @throws LogUnavailableException when Kafka does not answer
     */
    public Map<Integer, Long> endOffsets() {
        var latest = IntStream.range(0, find().map(LogTopic::partitions).orElse(0))
                .mapToObj(partition -> new TopicPartition(configuration.topic(), partition))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        try {
            return answer(asked -> asked.listOffsets(latest).all()).entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().partition(),
                            entry -> entry.getValue().offset()));
        } catch (UnknownTopicOrPartitionException _) {
            return Map.of(); // deleted since the question before
        }
    }

    private <T> T answer(Function<Admin, KafkaFuture<T>> question) {
        var asked = client();
        try {
            var answer = question.apply(asked).get(configuration.deadline().toMillis(), TimeUnit.MILLISECONDS);
            answered(asked);
            return answer;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                answered(asked);
                throw unknown;
            }
            silent(asked);
            throw new LogUnavailableException(e);
        } catch (TimeoutException e) {
            silent(asked);
            throw new LogUnavailableException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException(e);
        }
    }

    /** Made at the first question, not at the start: an address that cannot be resolved yet is an answer like any other. */
    private synchronized Admin client() {
        if (admin == null) {
            try {
                admin = Admin.create(settings());
                answered = System.nanoTime();
            } catch (KafkaException e) {
                throw new LogUnavailableException(e);
            }
        }
        return admin;
    }

    private synchronized void answered(Admin asked) {
        if (asked.equals(admin)) {
            answered = System.nanoTime();
        }
    }

    /** Who waits for another answer of it gets none. */
    private void silent(Admin asked) {
        synchronized (this) {
            if (!asked.equals(admin) || System.nanoTime() - answered < SILENCE.toNanos()) {
                return;
            }
            admin = null;
        }
        asked.close(Duration.ZERO);
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        var deadline = (int) configuration.deadline().toMillis();
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "state-service-admin");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, deadline);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, deadline);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
