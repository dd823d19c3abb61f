package io.everstate.bot.ownership;

import static io.everstate.bot.ownership.ReadingReplica.ONE;
import static io.everstate.bot.ownership.ReadingReplica.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One partition of which no broker can say where it ends, beside one that is well. */
class LeaderlessPartitionTest {
    private final Set<TopicPartition> leaderless = ConcurrentHashMap.newKeySet();
    private final ReadingReplica replica = new ReadingReplica(new PartlyLeaderless());

    @AfterEach
    void close() {
        replica.close();
    }

    /** Before, the reader ended and gave all partitions up, again and again. */
    @Test
    void keepsNoOtherFromBeingOwned() {
        leaderless.add(ONE);
        replica.consumer.rebalance(List.of(ZERO, ONE));

        replica.pollUntil(() -> !replica.log.sent().isEmpty());
        replica.add(ZERO, replica.log.lastClaim());
        replica.pollUntil(() -> replica.ownerships.blocked().containsKey(1));

        assertThat(replica.ownerships.owned())
                .extracting(Ownerships.OwnedPartition::partition)
                .containsExactly(0);
        assertThat(replica.ownerships.blocked().get(1)).contains("no leader");
        assertThat(replica.consumer.paused()).containsExactly(ONE);
    }

    @Test
    void isOwnedOnceItHasALeader() {
        leaderless.add(ONE);
        replica.consumer.rebalance(List.of(ONE));
        replica.pollUntil(() -> replica.ownerships.blocked().containsKey(1));

        leaderless.clear();
        replica.pollUntil(() -> !replica.log.sent().isEmpty());
        replica.add(ONE, replica.log.lastClaim());
        replica.reader.poll();

        assertThat(replica.ownerships.owned())
                .extracting(Ownerships.OwnedPartition::partition)
                .containsExactly(1);
        assertThat(replica.ownerships.blocked()).isEmpty();
    }

    @Test
    void isForgottenWhenTheGroupMovesIt() {
        leaderless.add(ONE);
        replica.consumer.rebalance(List.of(ONE));
        replica.pollUntil(() -> replica.ownerships.blocked().containsKey(1));

        replica.reader.onPartitionsRevoked(List.of(ONE));

        assertThat(replica.ownerships.blocked()).isEmpty();
    }

    /** Before, no replica that was started meanwhile ever owned anything. */
    @Test
    void keepsNoProcessFromStanding() {
        replica.ends(7, 9);
        replica.consumer.updatePartitions(ZERO.topic(), List.of(known(ZERO), known(ONE)));
        leaderless.add(ONE);

        var standing = Standing.of(replica.consumer, "topic-1");

        assertThat(standing.ends()).containsExactly(Map.entry(0, 7L));
        assertThat(standing.endOf(ONE, 9)).as("the first end that is known").isEqualTo(9);
        assertThat(standing.endOf(ONE, 12)).isEqualTo(9);
        assertThat(standing.endOf(ZERO, 12)).isEqualTo(7);
    }

    private static PartitionInfo known(TopicPartition partition) {
        return new PartitionInfo(partition.topic(), partition.partition(), null, new Node[0], new Node[0]);
    }

    private final class PartlyLeaderless extends MockConsumer<String, byte[]> {
        PartlyLeaderless() {
            super("none");
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            if (partitions.stream().anyMatch(leaderless::contains)) {
                throw new TimeoutException("no leader");
            }
            return super.endOffsets(partitions);
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
            return endOffsets(partitions);
        }
    }
}
