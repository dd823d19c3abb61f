package io.everstate.bot.ownership;

import static io.everstate.bot.ownership.ReadingReplica.BOT;
import static io.everstate.bot.ownership.ReadingReplica.ONE;
import static io.everstate.bot.ownership.ReadingReplica.OTHER;
import static io.everstate.bot.ownership.ReadingReplica.ZERO;
import static io.everstate.bot.ownership.ReadingReplica.creation;
import static io.everstate.bot.ownership.ReadingReplica.ours;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotConfigured;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that no owner wrote or that this version does not understand: what they stop, and who sets them aside. */
class StrangeRecordsTest {
    private final ReadingReplica replica = new ReadingReplica();

    @AfterEach
    void close() {
        replica.close();
    }

    @Test
    void aRecordThatNobodyCanAttributeStopsItsPartitionAndIsReported() {
        replica.own(ZERO, ONE);

        replica.add(ours("io.everstate.bot.bot-cloned.v2"));
        replica.add(ZERO, replica.created());
        replica.reader.poll();

        assertThat(replica.ownerships.blocked()).containsOnlyKeys(0);
        assertThat(replica.ownerships.blocked().get(0)).contains("offset 1").contains("bot-cloned.v2");
        assertThat(replica.ownerships.owned())
                .extracting(Ownerships.OwnedPartition::partition)
                .containsExactly(1);
        assertThat(replica.listener.heard).contains("lost 0").doesNotContain("applied 1");
        assertThat(replica.consumer.paused()).containsExactly(ZERO);
    }

    @Test
    void aBlockedPartitionIsNotClaimedAgain() {
        replica.own(ZERO);
        replica.add(ours("io.everstate.bot.bot-cloned.v2"));
        replica.reader.poll();
        var before = replica.log.sent().size();

        replica.reader.poll();
        replica.reader.poll();

        assertThat(replica.log.sent()).hasSize(before);
    }

    @Test
    void aRecordThatIsNotOursIsSetAsideByTheOwnerAndStopsNothing() {
        replica.own(ZERO);

        replica.add(new RecordHeaders());
        replica.add(ZERO, replica.created());
        replica.reader.poll();

        assertThat(replica.listener.heard).contains("foreign", "applied 1");
        assertThat(replica.log.aside()).extracting(DeadLetter::key).containsExactly("0-1");
        assertThat(replica.log.aside().getFirst().why()).isEqualTo("it has no ce_type");
    }

    @Test
    void whatNoOwnerHasSeenIsSetAsideByTheNext() {
        replica.ends(2, 0);
        replica.assign(ZERO);
        replica.add(ours("com.example.order"));
        replica.add(ZERO, replica.claim(1));
        replica.add(ours("com.example.order"));
        replica.reader.poll();
        assertThat(replica.log.aside()).isEmpty();

        replica.add(ZERO, replica.log.lastClaim());
        replica.reader.poll();

        assertThat(replica.log.aside())
                .as("without the one before the other owner's claim")
                .extracting(DeadLetter::key)
                .containsExactly("0-2");
    }

    @Test
    void whatCameBehindTheLastThatAnOwnerHadReadWhenItLetGoIsSetAsideByTheNext() {
        replica.ends(4, 0);
        replica.assign(ZERO);
        replica.add(ZERO, replica.claim(1));
        replica.add(ours("com.example.order"));
        replica.add(ours("com.example.order"));
        replica.add(ZERO, replica.release(2, 2));
        replica.reader.poll();

        replica.add(ZERO, replica.log.lastClaim());
        replica.reader.poll();

        assertThat(replica.log.aside()).extracting(DeadLetter::key).containsExactly("0-2");
    }

    @Test
    void aRecordThatIsNotUnderstoodParksItsBotOnly() {
        replica.own(ZERO);
        replica.add(ZERO, replica.created());

        replica.add(replica.notUnderstood(2));
        replica.add(ZERO, replica.started(BOT, 3));
        replica.add(ZERO, replica.createdAs(OTHER));
        replica.reader.poll();

        assertThat(replica.listener.heard)
                .endsWith("applied 1", "skipped PARKED", "parked", "skipped PARKED", "applied 1");
        assertThat(replica.ownerships.parking(BOT)).hasValueSatisfying(parking -> {
            assertThat(parking.offset()).isEqualTo(2);
            assertThat(parking.type()).isEqualTo("io.everstate.bot.bot-cloned.v1");
            assertThat(parking.sequence()).isEqualTo(3);
        });
        assertThat(replica.ownerships.parking(OTHER)).isEmpty();
        assertThat(replica.ownerships.followed(BOT)).isEmpty();
        assertThat(replica.ownerships.followed(OTHER)).isPresent();
        assertThat(replica.ownerships.owned().getFirst().parked()).containsOnlyKeys(BOT);
    }

    /** Before, its bot went on here without the limit. */
    @Test
    void aLimitOfALaterReleaseParksItsBotInsteadOfBeingLeftOut() {
        replica.own(ZERO);
        replica.add(ZERO, replica.created());
        var configured =
                replica.recorded(BOT, 2, null, new BotConfigured(creation().configuration(), "operator"));

        replica.addLater(configured, "\"feeRate\":", "\"trailingStop\":\"0.05\",\"feeRate\":");
        replica.add(ZERO, replica.createdAs(OTHER));
        replica.reader.poll();

        assertThat(replica.ownerships.parking(BOT))
                .hasValueSatisfying(parking -> assertThat(parking.why())
                        .isEqualTo("this version does not know \"trailingStop\" of a BotConfiguration"));
        assertThat(replica.ownerships.followed(BOT)).isEmpty();
        assertThat(replica.ownerships.followed(OTHER)).isPresent();
    }

    @Test
    void aBotIsParkedAlsoForTheNextOwner() {
        replica.ends(3, 0);
        replica.assign(ZERO);
        replica.add(ZERO, replica.claim(1));
        replica.add(ZERO, replica.created());
        replica.add(replica.notUnderstood(2));
        replica.reader.poll();

        replica.add(ZERO, replica.log.lastClaim());
        replica.reader.poll();

        assertThat(replica.ownerships.parked()).containsOnlyKeys(BOT);
    }

    @Test
    void aBlockThatMovedAwayIsForgotten() {
        replica.own(ZERO);
        replica.add(ours("io.everstate.bot.bot-cloned.v2"));
        replica.reader.poll();
        assertThat(replica.ownerships.blocked()).isNotEmpty();

        replica.reader.onPartitionsRevoked(List.of(ZERO));

        assertThat(replica.ownerships.blocked()).isEmpty();
    }
}
