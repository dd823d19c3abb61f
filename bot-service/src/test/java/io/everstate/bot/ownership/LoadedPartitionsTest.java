package io.everstate.bot.ownership;

import static io.everstate.bot.ownership.ReadingReplica.BOT;
import static io.everstate.bot.ownership.ReadingReplica.ONE;
import static io.everstate.bot.ownership.ReadingReplica.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.log.PartitionFold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where reading begins once the state of a partition is loaded, and what goes on before. */
class LoadedPartitionsTest {
    private final ReadingReplica replica = new ReadingReplica();

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void beginsWhereTheLoaderHasFoldedTo() {
        var known = SampleBots.created(BOT);
        replica.starts.put(0, new PartitionLoader.Start(new PartitionFold(4, List.of(known)), 107));
        replica.ends(107, 0);

        replica.assign(ZERO);
        assertThat(replica.consumer.position(ZERO)).as("some records before").isEqualTo(43);
        replica.consumer.addRecord(replica.kafkaRecord(ZERO, 106, replica.started(BOT, 2)));
        replica.reader.poll();

        assertThat(replica.log.lastClaim().epoch()).isEqualTo(5);
        assertThat(replica.listener.heard).as("of what is folded already").isEmpty();
    }

    @Test
    void aStateFromBeyondTheLogsEndIsNotBelieved() {
        replica.starts.put(0, new PartitionLoader.Start(new PartitionFold(4, List.of(SampleBots.created(BOT))), 8));
        replica.ends(7, 0);

        replica.assign(ZERO);

        assertThat(replica.consumer.position(ZERO)).isZero();
        replica.consumer.addRecord(replica.kafkaRecord(ZERO, 6, replica.created()));
        replica.reader.poll();
        assertThat(replica.log.lastClaim().epoch())
                .as("its epoch 4 is forgotten")
                .isEqualTo(1);
    }

    @Test
    void beginsWhereTheLogBegins() {
        replica.consumer.updateBeginningOffsets(Map.of(ZERO, 5L));
        replica.ends(9, 0);

        replica.assign(ZERO);

        assertThat(replica.consumer.position(ZERO)).isEqualTo(5);
    }

    @Test
    void aStateThatIsSlowToComeKeepsNoOtherPartitionWaiting() {
        replica.slow.put(1, new CountDownLatch(1));
        replica.consumer.rebalance(List.of(ZERO, ONE));
        replica.pollUntil(() -> !replica.log.sent().isEmpty());
        replica.add(ZERO, replica.log.lastClaim());
        replica.reader.poll();

        var outcome = replica.ownerships.submit(BOT, PartitionOwnershipFixture.create(), null, Duration.ofSeconds(5));
        replica.add(ZERO, replica.log.lastEvent());
        replica.reader.poll();

        assertThat(outcome).as("while partition 1 still loads").isCompleted();
        assertThat(replica.ownerships.settled()).as("all is owned").isFalse();
        assertThat(replica.consumer.paused()).containsExactly(ONE);
        replica.slow.get(1).countDown();
        replica.pollUntil(() -> replica.log.sent().size() == 3);
        replica.add(ONE, replica.log.lastClaim());
        replica.reader.poll();
        assertThat(replica.ownerships.settled()).as("all is owned").isTrue();
        assertThat(replica.consumer.paused()).isEmpty();
    }

    @Test
    void aPartitionThatMovesOnWhileItsStateLoadsIsNotClaimed() {
        replica.slow.put(1, new CountDownLatch(1));
        replica.consumer.rebalance(List.of(ZERO, ONE));
        replica.pollUntil(() -> !replica.log.sent().isEmpty());

        replica.reader.onPartitionsRevoked(List.of(ONE));
        replica.consumer.rebalance(List.of(ZERO));
        replica.slow.get(1).countDown();
        replica.pollUntil(() -> replica.loaded.contains(1));
        replica.reader.poll();

        assertThat(replica.log.sent()).as("the claim of partition 0").hasSize(1);
    }

    @Test
    void aStateThatCannotBeLoadedIsSaidAndTriedAgain() {
        replica.failing.add(0);
        replica.consumer.rebalance(List.of(ZERO));
        replica.pollUntil(() -> !replica.ownerships.blocked().isEmpty());
        assertThat(replica.ownerships.blocked().get(0)).contains("cannot be loaded", "no such luck");
        assertThat(replica.ownerships.settled()).isFalse();

        replica.failing.clear();
        replica.pollUntil(() -> !replica.log.sent().isEmpty());

        assertThat(replica.ownerships.blocked()).isEmpty();
        assertThat(replica.log.lastClaim().epoch()).isEqualTo(1);
    }
}
