package io.everstate.backup.outbox;

import io.everstate.contracts.wire.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes {@code everstate.backup.events} when it is missing, before the first event is sent. */
@Singleton
class BackupTopic {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Map<String, Object> kafka;
    private final OutboxConfiguration configuration;
    private boolean known;

    BackupTopic(@Identifier("default-kafka-broker") Map<String, Object> kafka, OutboxConfiguration configuration) {
        this.kafka = kafka;
        this.configuration = configuration;
    }

    synchronized void make() {
        if (known) {
            return;
        }
        var settings = new HashMap<String, Object>();
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (var admin = Admin.create(settings)) {
            make(admin);
            known = true;
        }
    }

    private void make(Admin admin) {
        var topic = new NewTopic(Topics.BACKUP_EVENTS, configuration.partitions(), configuration.replication())
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(KEPT.toMillis())));
        try {
            admin.createTopics(List.of(topic)).all().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("the topic cannot be made: " + e.getMessage(), e);
            }
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not make the topic in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
