package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.ownership.Past.Debts;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.log.PartitionFold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may go on behind a release as if nothing had been. */
class HandoverTest extends PartitionOwnershipFixture {
    @Test
    void aReleaseIsAHandover() {
        letGoElsewhere();

        own();

        assertThat(log.lastClaim().epoch()).isEqualTo(3);
        assertThat(listener.heard).containsExactly("owned 3, epoch 3, 0 bots, handed over");
    }

    @Test
    @Tag("SF5")
    void aReleaseIsAHandoverOfAllBotsButThoseThatItNames() {
        ownership = assigned(new PartitionFold(1, List.of(running(BOT), running(OTHER_BOT))), Past.NONE);
        read(releaseOf("/elsewhere", 2, OTHER_BOT));

        own();

        assertThat(listener.heard).containsExactly("owned 3, epoch 3, 2 bots, handed over");
        assertThat(listener.owed).containsExactly(OTHER_BOT);
    }

    @Test
    void whoIsNamedAndDoesNotRunIsOwedNothing() {
        ownership = assigned(
                new PartitionFold(1, List.of(SampleBots.created(BOT), SampleBots.runningElsewhere(OTHER_BOT))),
                Past.NONE);
        read(releaseOf("/elsewhere", 2, BOT, OTHER_BOT, SampleBots.id(3)));

        own();

        assertThat(listener.owed).isEmpty();
    }

    @Test
    @Tag("SF5")
    void aReleaseByAProcessThatWasStartedLaterIsARestart() {
        ownership = assigned(new Assignment(PARTITION, new PartitionFold(), 0, 2, Past.NONE));
        letGoElsewhere();

        own();

        assertThat(listener.heard).containsExactly("owned 3, epoch 3, 0 bots");
    }

    @Test
    void aReleaseThatWasTheFirstThingToBeWrittenSinceThisProcessStoodIsAHandover() {
        ownership = assigned(new Assignment(PARTITION, new PartitionFold(), 0, 1, Past.NONE));
        letGoElsewhere();

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots, handed over");
    }

    /** The release must not excuse that the next owner died before it came to the bots. */
    @Test
    @Tag("SF5")
    void anOwnerThatFollowedAReleaseAndWasLostIsALoss() {
        letGoElsewhere();
        read(claimOf("/third", 3));

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 4, 0 bots");
    }

    @Test
    void aReleaseThatLandedBehindTheNextClaimIsALoss() {
        read(claimOf("/elsewhere", 1));
        read(claimOf("/third", 2));
        read(releaseOf("/elsewhere", 2));

        own();

        assertThat(listener.heard).containsExactly("skipped STALE_CLAIM", "owned 3, epoch 3, 0 bots");
    }

    @Test
    void itsOwnReleaseIsGoingOn() {
        own();
        var _ = ownership.release("moved");
        var release = log.lastRelease();
        ownership = assigned(new PartitionFold(1, List.of()), ownership.past());
        read(release);

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots, continued");
    }

    @Test
    void aReleaseIsAHandoverAlsoWhenAnOwnClaimInBetweenCameLate() {
        letGoElsewhere();
        ownership.caughtUp();
        log.failLast();
        read(log.lastClaim());
        clock.advance(PartitionOwnership.CLAIM_BACKOFF);

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 4, 0 bots, handed over");
    }

    /** Nobody holds the partition: to wait would be to leave its bots alone. */
    @Test
    void whoLostTheRaceAgainstAReleaseClaimsAgainAtOnce() {
        read(claimOf("/elsewhere", 1));
        ownership.caughtUp();
        var late = log.lastClaim();
        read(releaseOf("/elsewhere", 2));
        read(late);

        own();

        assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots, handed over");
    }

    @Test
    void whatIsOwedIsForgottenWhenAnOwnerSinceHandsThePartitionOver() {
        var bot = SampleBots.running(BOT, RestartPolicy.MANUAL);
        var debts = new Debts(Map.of(BOT, bot.lifecycle()), Set.of());
        ownership = assigned(new PartitionFold(5, List.of(bot)), new Past(2, clock.instant(), debts));
        read(releaseOf("/elsewhere", 6));
        own();

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().epoch()).isEqualTo(8);
        assertThat(log.lastRelease().owed()).isEmpty();
    }

    /** The state that is loaded may be from behind the release. */
    @Nested
    class AReleaseAmongWhatIsFoldedAlready {
        @Test
        void isAHandover() {
            loaded(10);
            ownership.before(claimOf("/elsewhere", 4), 11);
            ownership.before(releaseOf("/elsewhere", 5, 12), 12);

            own();

            assertThat(listener.heard).containsExactly("owned 3, epoch 6, 0 bots, handed over");
        }

        @Test
        void isALossWhenAClaimOfItsNumberStandsBefore() {
            loaded(10);
            ownership.before(claimOf("/third", 5), 11);
            ownership.before(releaseOf("/elsewhere", 5, 11), 12);

            own();

            assertThat(listener.heard).containsExactly("owned 3, epoch 6, 0 bots");
        }

        @Test
        void isALossWhenAClaimOfItsNumberMayStandBefore() {
            loaded(10);
            ownership.before(releaseOf("/elsewhere", 5, 9), 12);

            own();

            assertThat(listener.heard).containsExactly("owned 3, epoch 6, 0 bots");
        }

        @Test
        void isAHandoverThoughAClaimOfItsNumberCameTooLate() {
            loaded(10);
            ownership.before(releaseOf("/elsewhere", 5, 10), 12);
            ownership.before(claimOf("/third", 5), 13);

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 6, 0 bots, handed over");
        }

        @Test
        void isALossWhenItIsOfAnEarlierOwnership() {
            loaded(10);
            ownership.before(releaseOf("/elsewhere", 4, 10), 12);

            own();

            assertThat(listener.heard).containsExactly("owned 3, epoch 6, 0 bots");
        }

        private void loaded(long from) {
            ownership = assigned(new Assignment(PARTITION, new PartitionFold(5, List.of()), from, 0, Past.NONE));
            clock.advance(Duration.ofSeconds(1));
        }
    }
}
