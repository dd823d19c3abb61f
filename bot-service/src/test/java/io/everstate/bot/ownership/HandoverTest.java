package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.ownership.Past.Debts;
import io.everstate.bot.sample.LoggedLines;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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

        /** Unnamed, the next owner would go on with a bot that nobody has stopped. */
        @Test
        @Tag("SF5")
        void namesTheBotsToWhichARestartIsOwed() {
            own(running(BOT), SampleBots.created(OTHER_BOT));
            assertThat(listener.owed).containsExactly(BOT);

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed()).containsExactly(BOT);
            assertThat(ownership.past().debts().running()).containsOnlyKeys(BOT);
        }

        /** It may count or not: named, a bot that a person has started behind it would be stopped again. */
        @Test
        void saysNothingWhileTheRestartIsOnItsWay() {
            own(running(BOT));
            var _ = submit(BOT, new StopBot(StopReason.RESTART));

            assertThat(ownership.release("moved")).isCompleted();

            assertThat(log.sent()).noneMatch(OwnershipReleased.class::isInstance);
            assertThat(ownership.past().debts().running()).containsOnlyKeys(BOT);
        }

        @Test
        void whatKeepsItFromBeingLetGoIsSaid() {
            own(running(BOT));
            var _ = submit(BOT, new StopBot(StopReason.RESTART));

            try (var lines = new LoggedLines(PartitionOwnership.class)) {
                var _ = ownership.release("moved");

                assertThat(lines.all())
                        .singleElement()
                        .asString()
                        .startsWith("WARN partition 3 is not let go in good order")
                        .endsWith("is on its way: [" + BOT + "]");
            }
        }

        @Test
        void whomItNamesIsSaid() {
            own(running(BOT));

            try (var lines = new LoggedLines(PartitionOwnership.class)) {
                var _ = ownership.release("moved");

                assertThat(lines.all())
                        .containsExactly("INFO partition 3: its next owner has to restart or stop bots [" + BOT + "]");
            }
        }

        @Test
        void namesNobodyOnceTheRestartCounts() {
            own(running(BOT));
            var _ = submit(BOT, new StopBot(StopReason.RESTART));
            read(log.lastEvent());

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().epoch()).isEqualTo(3);
            assertThat(log.lastRelease().owed()).isEmpty();
            assertThat(ownership.past().debts()).isEqualTo(Debts.NONE);
        }

        @Test
        void isNotThereWhereMoreAreOwedThanARecordNamesAndTheLogSaysSo() {
            own(lost(OwedRestarts.MOST_NAMED + 1));

            try (var lines = new LoggedLines(PartitionOwnership.class)) {
                var _ = ownership.release("moved");

                assertThat(lines.all())
                        .singleElement()
                        .asString()
                        .startsWith("WARN partition 3 is not let go in good order")
                        .contains("lost owner");
            }
            assertThat(log.sent()).noneMatch(OwnershipReleased.class::isInstance);
        }

        @Test
        void namesAsManyAsARecordNames() {
            own(lost(OwedRestarts.MOST_NAMED));

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed())
                    .hasSize(OwedRestarts.MOST_NAMED)
                    .isSorted();
        }

        private BotState[] lost(int bots) {
            return IntStream.range(0, bots)
                    .mapToObj(number -> running(SampleBots.id(number)))
                    .toArray(BotState[]::new);
        }

        @Test
        void remembersWhatIsOwedWhenThePartitionComesBackToThisProcess() {
            own(running(BOT));
            ownership.surrender("the reader began anew");
            var past = ownership.past();
            ownership = assigned(new PartitionFold(2, List.of(running(BOT))), past);
            own();
            assertThat(listener.heard).endsWith("owned 3, epoch 3, 1 bots, continued");
            assertThat(listener.owed).containsExactly(BOT);

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed()).containsExactly(BOT);
        }
    }

    /** What it did before its record that is not understood, and since, is not known here. */
    @Nested
    @Tag("SF5")
    class AParkedBot {
        /** Before, its whole partition was taken for lost by the next owner. */
        @Test
        void isNamedByTheOwnerBehindTheLostOne() {
            parked(running(BOT), running(OTHER_BOT));
            own();
            assertThat(listener.owed).as("the host does nothing about it").containsExactly(OTHER_BOT);
            var _ = submit(OTHER_BOT, new StopBot(StopReason.RESTART));
            read(log.lastEvent());

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed()).containsExactly(BOT);
        }

        /** Its record may have started it, or may be the first one. */
        @Test
        void isNamedAlsoWhenItIsNotKnownToHaveRun() {
            parked(SampleBots.created(BOT));
            ownership.park(record(OTHER_BOT), 8);
            own();

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed()).containsExactly(BOT, OTHER_BOT);
        }

        @Test
        void thatRunsElsewhereIsNotNamed() {
            parked(SampleBots.runningElsewhere(BOT));
            own();

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed()).isEmpty();
        }

        @Test
        void isNotNamedWhenItsOwnerWasNotLost() {
            parked(running(BOT));
            read(releaseOf("/elsewhere", 2));
            own();

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed()).isEmpty();
        }

        @Test
        void staysNamedFromOwnerToOwner() {
            parked(running(BOT));
            read(releaseOf("/elsewhere", 2, BOT));
            own();
            assertThat(listener.owed).isEmpty();

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed()).containsExactly(BOT);
        }

        @Test
        void isNamedNoMoreOnceItWasRestored() {
            parked(running(BOT));
            own();
            var _ = submit(BOT, new RestoreCheckpoint("restored", SampleBots.created(BOT)));
            read(log.lastEvent());

            var _ = ownership.release("moved");

            assertThat(log.lastRelease().owed()).isEmpty();
        }

        /** State-service may understand what this version does not. */
        @Test
        void isOwedARestartByThisProcessWhenItIsReadBeyondItsRecord() {
            parked(SampleBots.created(BOT));
            own();
            ownership.surrender("the reader began anew");
            ownership = assigned(new PartitionFold(2, List.of(running(BOT))), ownership.past());

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 3, 1 bots, continued");
            assertThat(listener.owed).containsExactly(BOT);
        }

        private void parked(BotState bot, BotState... others) {
            var known = new ArrayList<>(List.of(others));
            known.add(bot);
            ownership = assigned(new PartitionFold(1, known), Past.NONE);
            ownership.park(record(bot.id()), 7);
        }

        private static NotUnderstood record(BotId bot) {
            return new NotUnderstood(bot, 1, 100, "io.everstate.bot.bot-cloned.v1", "unknown event type");
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

        /** Before, it went on with bots whose markets nobody had looked at, unvalued. */
        @Test
        @Tag("PT8")
        void itsOwnOwnershipThatHeardNothingForAnHourIsALoss() {
            own(running(BOT));
            var _ = submit(BOT, new StopBot(StopReason.RESTART));
            log.failLast();
            clock.advance(Absence.LONG);

            own();

            assertThat(listener.heard).endsWith("lost 3", "owned 3, epoch 3, 1 bots");
            assertThat(listener.owed).containsExactly(BOT);
        }

        @Test
        @Tag("PT8")
        void itsOwnOwnershipThatHeardOfAnEventWithinTheHourIsGoneOnWith() {
            own();
            clock.advance(Duration.ofMinutes(30));
            created();
            clock.advance(Absence.LONG.minusMillis(1));
            var _ = submit(BOT, new StartBot());
            log.failLast();

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 2, 1 bots, continued");
        }

        @Test
        @Tag("PT8")
        void whatItHeardLastIsRememberedWhenThePartitionComesBackToThisProcess() {
            own();
            clock.advance(Absence.LONG.minusMillis(1));
            created();
            ownership.surrender("the reader began anew");
            ownership = assigned(new PartitionFold(1, List.of()), ownership.past());
            clock.advance(Absence.LONG.minusMillis(1));
            own();
            assertThat(listener.heard).endsWith("owned 3, epoch 2, 0 bots, continued");
            ownership.surrender("the reader began anew");
            ownership = assigned(new PartitionFold(2, List.of()), ownership.past());
            clock.advance(Absence.LONG);

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots");
        }

        /** By it this process owned nothing, and looked at no market. */
        @Test
        @Tag("PT8")
        void aClaimThatCameLateIsNoSignOfLife() {
            own();
            ownership.surrender("the reader began anew");
            ownership = assigned(new PartitionFold(1, List.of()), ownership.past());
            clock.advance(Absence.LONG.dividedBy(2));
            ownership.caughtUp();
            log.failLast();
            read(log.lastClaim());
            clock.advance(Absence.LONG.dividedBy(2));

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
        var debts = new Debts(Map.of(BOT, bot.lifecycle()), Set.of());
        ownership = assigned(new PartitionFold(5, List.of(bot)), new Past(2, clock.instant(), debts));
        read(releaseOf("/elsewhere", 6));
        own();

        var _ = ownership.release("moved");

        assertThat(log.lastRelease().epoch()).isEqualTo(8);
        assertThat(log.lastRelease().owed()).isEmpty();
    }

    private static BotState running(BotId bot) {
        return SampleBots.running(bot, RestartPolicy.MANUAL);
    }

    /** Bots whose owner was lost. */
    private void own(BotState... bots) {
        ownership = assigned(new PartitionFold(1, List.of(bots)), Past.NONE);
        own();
    }

    private OwnershipReleased releaseOf(String source, long epoch, BotId... owed) {
        return releaseOf(source, epoch, 0, owed);
    }

    private OwnershipReleased releaseOf(String source, long epoch, long readTo, BotId... owed) {
        var now = clock.instant();
        return new OwnershipReleased(
                TimeOrderedUuid.at(now), now, source, epoch, "http://elsewhere", readTo, List.of(owed));
    }
}
