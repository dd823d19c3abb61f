package io.everstate.bot.ownership;

import static io.everstate.bot.ownership.ReadingReplica.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.log.PartitionFold;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The number of an ownership says nothing of a log that is not the one in which this process had it. */
@Tag("SF5")
class ForgottenPastTest {
    private final ReadingReplica replica = new ReadingReplica();

    @AfterEach
    void close() {
        replica.close();
    }

    /** Before, another process's bots were taken for bots of this one, and went on. */
    @Test
    void ofAnotherTopicOfTheSameNameNothingIsRemembered() {
        replica.own(ZERO);
        replica.ownerships.surrenderAll("the reader ended");

        replica.ownerships.readFrom("topic-2");

        assertThat(claimedBehindEpochOne()).endsWith("owned 0, epoch 2, 0 bots");
    }

    @Test
    void ofTheSameTopicItIsRemembered() {
        replica.own(ZERO);
        replica.ownerships.surrenderAll("the reader ended");

        replica.ownerships.readFrom("topic-1");

        assertThat(claimedBehindEpochOne()).endsWith("owned 0, epoch 2, 0 bots, continued");
    }

    /** A claim of epoch 1 stands in the log, as that of this process did. */
    private List<String> claimedBehindEpochOne() {
        replica.ownerships.assigned(0, new PartitionFold(1, List.of()), 0, 0);
        replica.ownerships.caughtUp(0);
        replica.ownerships.read(0, replica.log.lastClaim(), 1);
        return replica.listener.heard;
    }

    @Test
    void ofALogThatLostItsEndNothingIsRemembered() {
        replica.own(ZERO);
        replica.reader.onPartitionsLost(List.of(ZERO));
        replica.consumer.rebalance(List.of());
        replica.starts.put(0, new PartitionLoader.Start(new PartitionFold(4, List.of()), 9));
        replica.ends(1, 0);

        replica.assign(ZERO);
        replica.ownerships.read(0, replica.claim(1), 0);
        replica.ownerships.caughtUp(0);
        replica.ownerships.read(0, replica.log.lastClaim(), 1);

        assertThat(replica.listener.heard).endsWith("owned 0, epoch 2, 0 bots");
    }
}
