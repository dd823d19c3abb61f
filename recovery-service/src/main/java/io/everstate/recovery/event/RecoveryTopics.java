package io.everstate.recovery.event;

import io.everstate.contracts.wire.Topics;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Creates the topics that this service writes, once Kafka is there. */
@Singleton
final class RecoveryTopics {
    private static final Logger LOG = Logger.getLogger(RecoveryTopics.class);
    private static final int DEADLINE_MILLIS = 5000;
    private static final String DEAD_LETTERS = Topics.BACKUP_EVENTS + ".dead-letter";

    private final String servers;
    private final EventConfig config;
    private boolean done;

    RecoveryTopics(Config all, EventConfig config) {
        this.servers = all.getValue("kafka.bootstrap.servers", String.class);
        this.config = config;
    }

    /** Does nothing once they are there; throws when Kafka does not answer. */
    void create() {
        if (done) {
            return;
        }
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, DEADLINE_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, DEADLINE_MILLIS))) {
            create(admin, topic(Topics.RECOVERY_EVENTS, config.partitions()));
            create(admin, topic(DEAD_LETTERS, 1));
        }
        done = true;
    }

    private NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.of(config.replicas()))
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(config.retention().toMillis())));
    }

    private static void create(Admin admin, NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
            LOG.infof("created the topic %s", topic.name());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the topic " + topic.name() + " cannot be created", e);
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
