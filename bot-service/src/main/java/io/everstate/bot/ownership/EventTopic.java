package io.everstate.bot.ownership;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Makes the topics that bot-service owns, when they are missing. */
final class EventTopic {
    private static final Logger LOG = Logger.getLogger(EventTopic.class);
    private static final int DEADLINE_SECONDS = 5;
    private static final short REPLICAS_FOR_QUORUM = 3;
    /** A document of 1 MiB is 1.4 MiB in base64. */
    static final int LARGEST_RECORD = 2 << 20;

    private static final Duration DEAD_LETTERS = Duration.ofDays(30);

    private EventTopic() {}

    /**
     * Returns the id of the events' topic, another one when the topic was made anew.
     *
     * @throws KafkaException when the broker does not answer, or the topic has another number of partitions than configured
     */
    static String ensure(OwnershipConfiguration configuration) {
        var settings = Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, configuration.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, DEADLINE_SECONDS * 1000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, DEADLINE_SECONDS * 1000);
        try (var admin = Admin.create(settings)) {
            create(admin, events(configuration));
            allowDocuments(admin);
            create(admin, ownersTopic(configuration));
            create(admin, deadLetterTopic(configuration));
            return checked(admin, configuration).topicId().toString();
        }
    }

    static NewTopic events(OwnershipConfiguration configuration) {
        var replicas = configuration.replicationFactor();
        return new NewTopic(Topics.BOT_EVENTS, configuration.partitions(), replicas)
                .configs(Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(LARGEST_RECORD),
                        "min.insync.replicas",
                        replicas >= REPLICAS_FOR_QUORUM ? "2" : "1"));
    }

    /** A topic that was made before there were documents takes only 1 MiB a record. */
    private static void allowDocuments(Admin admin) {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.BOT_EVENTS);
        try {
            var settings = admin.describeConfigs(List.of(topic)).all().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            var present = requireNonNull(settings.get(topic)).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            if (present != null && Integer.parseInt(present.value()) < LARGEST_RECORD) {
                var larger = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD));
                admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(larger, OpType.SET))))
                        .all()
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
                LOG.infof("%s takes records of %d bytes now", Topics.BOT_EVENTS, LARGEST_RECORD);
            }
        } catch (ExecutionException e) {
            throw new KafkaException("cannot let " + Topics.BOT_EVENTS + " take documents", e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static NewTopic ownersTopic(OwnershipConfiguration configuration) {
        return new NewTopic(Topics.BOT_OWNERS, 1, configuration.replicationFactor())
                .configs(Map.of("cleanup.policy", "compact"));
    }

    private static NewTopic deadLetterTopic(OwnershipConfiguration configuration) {
        return new NewTopic(Topics.BOT_EVENTS_DEAD_LETTER, 1, configuration.replicationFactor())
                .configs(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(DEAD_LETTERS.toMillis()),
                        "max.message.bytes", Integer.toString(LARGEST_RECORD)));
    }

    private static void create(Admin admin, NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            LOG.infof("made topic %s", topic.name());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("cannot make topic " + topic.name(), e.getCause());
            }
        } catch (TimeoutException | InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static TopicDescription checked(Admin admin, OwnershipConfiguration configuration) {
        try {
            var topics = admin.describeTopics(List.of(Topics.BOT_EVENTS))
                    .allTopicNames()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            var topic = requireNonNull(topics.get(Topics.BOT_EVENTS), Topics.BOT_EVENTS);
            var found = topic.partitions().size();
            if (found != configuration.partitions()) {
                throw new KafkaException("topic %s has %d partitions, but everstate.ownership.partitions is %d"
                        .formatted(Topics.BOT_EVENTS, found, configuration.partitions()));
            }
            return topic;
        } catch (ExecutionException e) {
            throw new KafkaException("cannot describe " + Topics.BOT_EVENTS, e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static KafkaException interrupted(Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new KafkaException("the broker did not answer within " + DEADLINE_SECONDS + " s", cause);
    }
}
