package io.everstate.bot.ownership;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Makes the topics that bot-service owns, when they are missing. */
final class EventTopic {
    private static final Logger LOG = Logger.getLogger(EventTopic.class);
    private static final int DEADLINE_SECONDS = 5;
    private static final short REPLICAS_FOR_QUORUM = 3;

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
            create(admin, eventsTopic(configuration));
            create(admin, ownersTopic(configuration));
            return checked(admin, configuration).topicId().toString();
        }
    }

    private static NewTopic eventsTopic(OwnershipConfiguration configuration) {
        var replicas = configuration.replicationFactor();
        return new NewTopic(Topics.BOT_EVENTS, configuration.partitions(), replicas)
                .configs(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "-1",
                        "min.insync.replicas", replicas >= REPLICAS_FOR_QUORUM ? "2" : "1"));
    }

    private static NewTopic ownersTopic(OwnershipConfiguration configuration) {
        return new NewTopic(Topics.BOT_OWNERS, 1, configuration.replicationFactor())
                .configs(Map.of("cleanup.policy", "compact"));
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
