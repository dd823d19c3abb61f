package io.everstate.state.mode;

import io.everstate.contracts.mode.ModeChanged;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.log.EventLog;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the topic of the mode from its start, for every replica and every start needs what stands there last. Belongs to no group. */
@Singleton
class ModeConsumer {
    private static final Logger LOG = Logger.getLogger(ModeConsumer.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;
    private final EventLog log;
    private final ModeConfiguration configuration;
    private final PresentMode present;
    private final JsonFormat json;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    ModeConsumer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            EventLog log,
            ModeConfiguration configuration,
            PresentMode present,
            JsonFormat json) {
        this.kafka = kafka;
        this.log = log;
        this.configuration = configuration;
        this.present = present;
        this.json = json;
    }

    @Scheduled(
            identity = "mode",
            every = "${everstate.mode.poll:1s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    synchronized void look() {
        try {
            if (consumer == null && log.find(configuration.topic()).isPresent()) {
                consumer = begun();
            }
            if (consumer != null) {
                consumer.poll(LOOK).forEach(this::heard);
            }
        } catch (KafkaException | ProblemException e) {
            LOG.debugf("the system's mode is not known better: %s", e.getMessage());
            close();
        }
    }

    private void heard(ConsumerRecord<byte[], byte[]> stored) {
        var type = stored.headers().lastHeader("ce_type");
        if (type == null
                || stored.value() == null
                || !ModeChanged.TYPE.equals(new String(type.value(), StandardCharsets.UTF_8))) {
            return; // a later version's, or a key that was taken away
        }
        try {
            var change = json.read(stored.value(), ModeChanged.class);
            present.is(change);
            LOG.infof("the system's mode is %s since %s: %s", change.mode(), change.since(), change.reason());
        } catch (ProblemException e) {
            LOG.warnf("a record of the system's mode at offset %d is not understood: %s", stored.offset(), e.detail());
        }
    }

    private KafkaConsumer<byte[], byte[]> begun() {
        var begun = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partition = new TopicPartition(configuration.topic(), 0);
        begun.assign(List.of(partition));
        begun.seekToBeginning(List.of(partition));
        return begun;
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "state-service-mode");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // a topic that was made anew
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        return settings;
    }

    @PreDestroy
    synchronized void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(CLOSE));
            consumer = null;
        }
    }
}
