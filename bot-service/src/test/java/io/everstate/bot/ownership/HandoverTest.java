package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.LoggedLines;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who lets a partition go in good order, and who may go on behind that as if nothing had been. */
class HandoverTest extends PartitionOwnershipFixture {

    @Nested
    class LettingGo {
        @Test
        void isTheLastThatTheOwnerWrites() {
            own();
            created();
            var inFlight = submit(BOT, new StartBot());

            var released = ownership.release("moved");

            assertThat(released).isCompleted();
            assertThat(log.lastRelease().epoch()).isEqualTo(2);
            assertThat(log.lastRelease().source()).isEqualTo(SOURCE);
            assertThat(log.lastRelease().readTo()).as("a claim and an event").isEqualTo(2);
            assertThat(typeOf(inFlight)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(failure(submit(BOT, new StartBot()))).isInstanceOf(NotOwnerException.class);
            assertThat(listener.heard).endsWith("lost 3");
        }

        @Test
        void isNothingThatAReplicaCanDoThatDoesNotOwn() {
            ownership.caughtUp();

            assertThat(ownership.release("moved")).isCompleted();

            assertThat(log.sent()).as("the claim only").hasSize(1);
        }

        /** The next owner would go on with a bot that nobody has stopped. */
        @Test
        @Tag("SF5")
        void saysNothingWhileARestartIsOwed() {
            ownBotThatRanElsewhere();
            var before = log.sent().size();

            assertThat(ownership.release("moved")).isCompleted();

            assertThat(log.sent()).hasSize(before);
            assertThat(ownership.past().owed()).containsOnlyKeys(BOT);
        }

        @Test
        void theLogSaysWhichBotsAreInTheWay() {
            ownBotThatRanElsewhere();

            try (var log = new LoggedLines(PartitionOwnership.class)) {
                var _ = ownership.release("moved");

                assertThat(log.all())
                        .singleElement()
                        .asString()
                        .startsWith("WARN partition 3 is not let go in good order")
                        .endsWith("bots of a lost owner are not restarted or stopped yet: [" + BOT + "]");
            }
        }

        @Test
        void saysSoOnceTheRestartCounts() {
            ownBotThatRanElsewhere();
            var _ = submit(BOT, new StopBot(StopReason.RESTART));
            read(log.lastEvent());

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().epoch()).isEqualTo(3);
            assertThat(ownership.past().owed()).isEmpty();
        }

        @Test
        void remembersWhatIsOwedWhenThePartitionComesBackToThisProcess() {
            ownBotThatRanElsewhere();
            ownership.surrender("the reader began anew");
            var past = ownership.past();
            ownership = assigned(new PartitionFold(2, List.of(SampleBots.running(BOT, RestartPolicy.MANUAL))), past);
            own();
            assertThat(listener.heard).endsWith("owned 3, epoch 3, 1 bots, continued");

            var _ = ownership.release("moved");

            assertThat(log.sent()).noneMatch(OwnershipReleased.class::isInstance);
        }

        private void ownBotThatRanElsewhere() {
            ownership =
                    assigned(new PartitionFold(1, List.of(SampleBots.running(BOT, RestartPolicy.MANUAL))), Past.NONE);
            own();
        }
    }

    @Nested
    class Following {
        @Test
        void aReleaseIsAHandover() {
            read(claimOf("/elsewhere", 1));
            read(releaseOf("/elsewhere", 2));

            own();

            assertThat(log.lastClaim().epoch()).isEqualTo(3);
            assertThat(listener.heard).containsExactly("owned 3, epoch 3, 0 bots, handed over");
        }

        @Test
        @Tag("SF5")
        void aReleaseByAProcessThatWasStartedLaterIsARestart() {
            ownership = assigned(new Assignment(PARTITION, new PartitionFold(), 0, 2, Past.NONE));
            read(claimOf("/elsewhere", 1));
            read(releaseOf("/elsewhere", 2));

            own();

            assertThat(listener.heard).containsExactly("owned 3, epoch 3, 0 bots");
        }

        @Test
        void aReleaseThatWasTheFirstThingToBeWrittenSinceThisProcessStoodIsAHandover() {
            ownership = assigned(new Assignment(PARTITION, new PartitionFold(), 0, 1, Past.NONE));
            read(claimOf("/elsewhere", 1));
            read(releaseOf("/elsewhere", 2));

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots, handed over");
        }

        /** Before, bots went on at prices of which nobody knew anything for hours, MANUAL ones too. */
        @Test
        @Tag("PT8")
        void aReleaseOfAnHourAgoIsALoss() {
            read(claimOf("/elsewhere", 1));
            read(releaseOf("/elsewhere", 2));
            clock.advance(Absence.LONG);

            own();

            assertThat(listener.heard).containsExactly("owned 3, epoch 3, 0 bots");
        }

        @Test
        @Tag("PT8")
        void aReleaseOfLessThanAnHourAgoIsAHandover() {
            read(claimOf("/elsewhere", 1));
            read(releaseOf("/elsewhere", 2));
            clock.advance(Absence.LONG.minusMillis(1));

            own();

            assertThat(listener.heard).containsExactly("owned 3, epoch 3, 0 bots, handed over");
        }

        @Test
        @Tag("PT8")
        void itsOwnReleaseOfAnHourAgoIsALoss() {
            own();
            var _ = ownership.release("moved");
            var release = log.lastRelease();
            ownership = assigned(new PartitionFold(1, List.of()), ownership.past());
            read(release);
            clock.advance(Absence.LONG);

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots");
        }

        /** The release must not excuse that the next owner died before it came to the bots. */
        @Test
        @Tag("SF5")
        void anOwnerThatFollowedAReleaseAndWasLostIsALoss() {
            read(claimOf("/elsewhere", 1));
            read(releaseOf("/elsewhere", 2));
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
            read(claimOf("/elsewhere", 1));
            read(releaseOf("/elsewhere", 2));
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

    @Test
    void whatIsOwedIsForgottenWhenAnOwnerSinceHandsThePartitionOver() {
        var bot = SampleBots.running(BOT, RestartPolicy.MANUAL);
        ownership = assigned(new PartitionFold(5, List.of(bot)), new Past(2, Map.of(BOT, bot.lifecycle())));
        read(releaseOf("/elsewhere", 6));
        own();

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().epoch()).isEqualTo(8);
    }

    private OwnershipReleased releaseOf(String source, long epoch) {
        return releaseOf(source, epoch, 0);
    }

    private OwnershipReleased releaseOf(String source, long epoch, long readTo) {
        var now = clock.instant();
        return new OwnershipReleased(TimeOrderedUuid.at(now), now, source, epoch, "http://elsewhere", readTo);
    }
}
