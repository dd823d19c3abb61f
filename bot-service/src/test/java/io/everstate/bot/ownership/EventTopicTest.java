package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleConfiguration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTopicTest {
    /** A broker that dies, and then loses its disk, has taken nothing with it that was acknowledged. */
    @ParameterizedTest(name = "of {0} replicas {1}")
    @CsvSource({"1, 1", "2, 1", "3, 2", "5, 2"})
    void ofThreeReplicasTwoMustHaveWhatIsAcknowledged(short replicas, String must) {
        var configuration = SampleConfiguration.of(
                OwnershipConfiguration.class,
                Map.of("everstate.ownership.replication-factor", Short.toString(replicas)));

        var topic = EventTopic.events(configuration);

        assertThat(topic.replicationFactor()).isEqualTo(replicas);
        assertThat(topic.configs()).containsEntry("min.insync.replicas", must);
    }
}
