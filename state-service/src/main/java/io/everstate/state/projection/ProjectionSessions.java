package io.everstate.state.projection;

import io.everstate.contracts.log.RecordCodec;
import io.everstate.state.log.EventLog;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.platform.JacksonFormat;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Begins memberships of the consumer group on the real log. */
@Singleton
final class ProjectionSessions {
    /** Records that are folded between two looks at what is being written. */
    private static final int AT_ONCE = 2_000;

    /** Without an answer for so long a connection is a dead one; what the group is asked has a deadline of its own. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Map<String, Object> kafka;
    private final ProjectionConfiguration configuration;
    private final EventLog log;
    private final PartitionLog records;
    private final Instance<AssignedPartitions> partitions;
    private final ProjectionStatus status;

    ProjectionSessions(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ProjectionConfiguration configuration,
            EventLog log,
            PartitionLog records,
            Instance<AssignedPartitions> partitions,
            ProjectionStatus status) {
        this.kafka = kafka;
        this.configuration = configuration;
        this.log = log;
        this.records = records;
        this.partitions = partitions;
        this.status = status;
    }

    @Produces
    @Singleton
    static RecordCodec codec(JacksonFormat json) {
        return new RecordCodec(json.strict());
    }

    /** Empty while there is no topic. */
    Optional<ProjectionSession> open() {
        return log.find().map(_ -> {
            var consumer = new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer());
            return new ProjectionSession(consumer, PresentLog.of(log, records), partitions.get(), status, configuration)
                    .join(log.topicName());
        });
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, configuration.group());
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, configuration.instanceId());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, configuration.instanceId());
        var session = (int) configuration.sessionTimeout().toMillis();
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 4);
        // a new member moves some partitions only; the others keep what they have folded
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(configuration.maxRecords(), AT_ONCE));
        // the database knows the offsets; an offset that the log does not have is an error, not a reason to begin
        // elsewhere
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        return settings;
    }
}
