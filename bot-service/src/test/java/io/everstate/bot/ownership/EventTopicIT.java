package io.everstate.bot.ownership;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.TestPlatform;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class EventTopicIT {
    @Test
    void theEventsAreKeptForEver() throws Exception {
        EventTopic.ensure(configuration(12));

        var settings = settings(Topics.BOT_EVENTS);
        assertThat(description(Topics.BOT_EVENTS).partitions()).hasSize(12);
        assertThat(settings.get("cleanup.policy").value()).isEqualTo("delete");
        assertThat(settings.get("retention.ms").value()).isEqualTo("-1");
        assertThat(settings.get("retention.bytes").value()).isEqualTo("-1");
        assertThat(settings.get("min.insync.replicas").value()).isEqualTo("1");
    }

    @Test
    void theHintsAreCompacted() throws Exception {
        EventTopic.ensure(configuration(12));

        assertThat(description(Topics.BOT_OWNERS).partitions()).hasSize(1);
        assertThat(settings(Topics.BOT_OWNERS).get("cleanup.policy").value()).isEqualTo("compact");
    }

    @Test
    void deadLettersAreKeptForAMonth() throws Exception {
        EventTopic.ensure(configuration(12));

        var settings = settings(Topics.BOT_EVENTS_DEAD_LETTER);
        assertThat(settings.get("cleanup.policy").value()).isEqualTo("delete");
        assertThat(settings.get("retention.ms").value()).isEqualTo("2592000000");
    }

    @Test
    void whatIsThereStaysAndKeepsItsId() throws Exception {
        var first = EventTopic.ensure(configuration(12));

        var second = EventTopic.ensure(configuration(12));

        assertThat(second)
                .isEqualTo(first)
                .isEqualTo(description(Topics.BOT_EVENTS).topicId().toString());
    }

    /** Bots' partitions follow from the number; with another one every bot would be looked for in the wrong place. */
    @Test
    void anotherNumberOfPartitionsIsSaid() {
        EventTopic.ensure(configuration(12));

        assertThatThrownBy(() -> EventTopic.ensure(configuration(13)))
                .isInstanceOf(KafkaException.class)
                .hasMessage("topic everstate.bot.events has 12 partitions, but everstate.ownership.partitions is 13");
    }

    @Test
    void aBrokerThatIsAwayIsSaidInTime() {
        var nowhere =
                SampleConfiguration.of(OwnershipConfiguration.class, Map.of("kafka.bootstrap.servers", "127.0.0.1:1"));

        assertThatThrownBy(() -> EventTopic.ensure(nowhere)).isInstanceOf(KafkaException.class);
    }

    private static OwnershipConfiguration configuration(int partitions) {
        return SampleConfiguration.of(
                OwnershipConfiguration.class,
                Map.of(
                        "kafka.bootstrap.servers", TestPlatform.shared().kafka(),
                        "everstate.ownership.partitions", Integer.toString(partitions)));
    }

    private static TopicDescription description(String topic) throws Exception {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", TestPlatform.shared().kafka()))) {
            return requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
        }
    }

    private static Config settings(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", TestPlatform.shared().kafka()))) {
            return requireNonNull(
                    admin.describeConfigs(List.of(resource)).all().get().get(resource));
        }
    }
}
