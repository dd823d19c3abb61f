package io.everstate.bot.ownership;

import static io.everstate.bot.ownership.ReadingReplica.BOT;
import static io.everstate.bot.ownership.ReadingReplica.ONE;
import static io.everstate.bot.ownership.ReadingReplica.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.PartitionFold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log's reader makes of records and of the group's word: partitions claimed, followed, let go and lost. */
class EventReaderTest {
    private final ReadingReplica replica = new ReadingReplica();

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void claimsWhatItHasReadToTheEnd() {
        replica.ends(2, 0);
        replica.assign(ZERO);
        replica.reader.poll();

        replica.add(ZERO, replica.claim(1));
        replica.reader.poll();
        assertThat(replica.log.sent()).as("one record before the end").isEmpty();
        replica.add(ZERO, replica.created());
        replica.reader.poll();

        assertThat(replica.log.lastClaim().epoch()).isEqualTo(2);
        assertThat(replica.ownerships.owns(BOT)).isFalse();
        replica.add(ZERO, replica.log.lastClaim());
        replica.reader.poll();
        assertThat(replica.ownerships.owns(BOT)).isTrue();
        assertThat(replica.ownerships.find(BOT)).isPresent();
    }

    @Test
    void readsEveryAttributeOfARecord() {
        replica.own(ZERO);

        replica.add(ZERO, replica.created());
        replica.reader.poll();

        var state = replica.ownerships.find(BOT).orElseThrow();
        assertThat(state.sequence()).isEqualTo(1);
        assertThat(state.updatedAt()).isEqualTo(replica.clock.instant());
        assertThat(state.outcomeOf("key-\u00fc")).isPresent();
        assertThat(state.configuration()).isEqualTo(SampleBots.configuration(RestartPolicy.RESUME, null));
    }

    @Test
    void whatTheGroupTakesAwayIsSurrendered() {
        replica.own(ZERO, ONE);

        replica.reader.onPartitionsRevoked(List.of(ZERO));

        assertThat(replica.ownerships.owned())
                .extracting(Ownerships.OwnedPartition::partition)
                .containsExactly(1);
        assertThat(replica.listener.heard).endsWith("lost 0");
    }

    @Test
    void whatTheGroupTakesAwayIsLetGoByARecord() {
        replica.own(ZERO, ONE);

        replica.reader.onPartitionsRevoked(List.of(ZERO));

        assertThat(replica.log.lastRelease().epoch()).isEqualTo(2);
        assertThat(replica.log.lastRelease().readTo()).isEqualTo(1);
    }

    /** Behind the return the group gives it away, and a record that comes after the next claim counts nowhere. */
    @Test
    void nothingIsGivenAwayBeforeTheLogHasThatRecord() throws InterruptedException {
        replica.own(ZERO);
        replica.log.holdReleases();

        var revoking = Thread.ofVirtual().start(() -> replica.reader.onPartitionsRevoked(List.of(ZERO)));
        await().until(() -> replica.log.sent().getLast() instanceof OwnershipReleased);
        assertThat(revoking.join(Duration.ofMillis(50))).as("given away").isFalse();
        replica.log.confirmLast();

        assertThat(revoking.join(Duration.ofMillis(500))).as("given away").isTrue();
    }

    @Test
    void aReleaseBehindWhichStateIsKnownIsAHandover() {
        replica.starts.put(0, new PartitionLoader.Start(new PartitionFold(2, List.of()), 2));
        replica.ends(2, 0);
        replica.assign(ZERO);
        replica.add(ZERO, replica.claim(1));
        replica.add(ZERO, replica.release(2, 1));
        replica.reader.poll();

        replica.add(ZERO, replica.log.lastClaim());
        replica.reader.poll();

        assertThat(replica.listener.heard).containsExactly("owned 0, epoch 3, 0 bots, handed over");
    }

    @Test
    void whatWasLostInSilenceIsSurrendered() {
        replica.own(ZERO);

        replica.reader.onPartitionsLost(List.of(ZERO));

        assertThat(replica.log.sent()).as("no word of good order").noneMatch(OwnershipReleased.class::isInstance);
        assertThat(replica.ownerships.owned()).isEmpty();
        assertThat(replica.listener.heard).endsWith("lost 0");
    }

    @Test
    void aPlaceThatTheLogHasNoMoreEndsTheReaderInsteadOfMovingIt() {
        replica.own(ZERO);

        replica.consumer.updateBeginningOffsets(Map.of(ZERO, 50L));
        replica.consumer.addRecord(replica.kafkaRecord(ZERO, 50, replica.created()));

        assertThatThrownBy(replica.reader::poll).isInstanceOf(OffsetOutOfRangeException.class);
    }
}
