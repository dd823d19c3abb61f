package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.ownership.Past.Debts;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PartitionOwnershipTest extends PartitionOwnershipFixture {

    @Nested
    class Claiming {
        @Test
        void claimsWithTheNextEpochOnceItHasSeenTheEnd() {
            read(claimOf("/elsewhere", 4));

            ownership.caughtUp();

            assertThat(log.sent()).hasSize(1);
            assertThat(log.lastClaim().epoch()).isEqualTo(5);
            assertThat(log.lastClaim().source()).isEqualTo(SOURCE);
            assertThat(ownership.owning()).isFalse();
        }

        @Test
        void ownsWhenItsClaimIsReadBack() {
            own();

            assertThat(ownership.owning()).isTrue();
            assertThat(listener.heard).containsExactly("owned 3, epoch 1, 0 bots");
        }

        @Test
        void claimsOnceHoweverOftenItIsCaughtUp() {
            ownership.caughtUp();
            ownership.caughtUp();
            read(log.lastClaim());
            ownership.caughtUp();

            assertThat(log.sent()).hasSize(1);
        }

        @Test
        void losesAgainstAClaimThatWasReadFirstAndTriesAgainLater() {
            ownership.caughtUp();
            var own = log.lastClaim();
            read(claimOf("/elsewhere", own.epoch()));
            read(own);

            assertThat(ownership.owning()).isFalse();
            ownership.caughtUp();
            assertThat(log.sent()).as("before the pause is over").hasSize(1);
            clock.advance(PartitionOwnership.CLAIM_BACKOFF);
            ownership.caughtUp();
            assertThat(log.lastClaim().epoch()).isEqualTo(2);
        }

        @Test
        void triesAgainAfterAPauseWhenTheLogDidNotTakeTheClaim() {
            ownership.caughtUp();
            log.failLast();

            ownership.caughtUp();
            assertThat(log.sent()).hasSize(1);
            clock.advance(PartitionOwnership.CLAIM_BACKOFF);
            ownership.caughtUp();
            assertThat(log.sent()).hasSize(2);
        }

        @Test
        void aClaimThatFailedAndLandedAllTheSameIsNoOwnership() {
            ownership.caughtUp();
            log.failLast();

            read(log.lastClaim());

            assertThat(ownership.owning()).isFalse();
            clock.advance(PartitionOwnership.CLAIM_BACKOFF);
            own();
            assertThat(listener.heard)
                    .as("bots that ran before ran elsewhere")
                    .containsExactly("owned 3, epoch 2, 0 bots");
        }

        @Test
        void whatIsSurrenderedNeverClaimsAgain() {
            own();

            ownership.surrender("moved");

            clock.advance(Duration.ofDays(1));
            ownership.caughtUp();
            assertThat(log.sent()).hasSize(1);
            assertThat(listener.heard).endsWith("lost 3");
        }
    }

    @Nested
    @Tag("PT13")
    class ADeposedOwner {
        @Test
        void saysThatTheCommandInFlightNeverHappens() {
            own();
            var inFlight = submit(BOT, create());
            var waiting = submit(BOT, new StartBot());

            read(claimOf("/elsewhere", 2));

            assertThat(failure(inFlight)).isInstanceOf(NotOwnerException.class);
            assertThat(failure(waiting)).isInstanceOf(NotOwnerException.class);
            assertThat(listener.heard).endsWith("lost 3");
        }

        /** A record of former times that is met while catching up is no news. */
        @Test
        void isToldOfByTheNextOwnerOnly() {
            var late = lateEvent();
            read(claimOf("/elsewhere", 2));
            read(late);
            assertThat(listener.heard).containsExactly("skipped FENCED");

            own();
            read(late);

            assertThat(listener.heard).endsWith("skipped FENCED", "fenced 1");
        }

        private BotEventRecorded lateEvent() {
            var now = clock.instant();
            return new BotEventRecorded(TimeOrderedUuid.at(now), now, "/late", 1, BOT, 1, null, null, new BotStarted());
        }

        @Test
        void doesNotCountWhatItWroteLate() {
            own();
            var _ = submit(BOT, create());
            var late = log.lastEvent();

            read(claimOf("/elsewhere", 2));
            read(late);

            assertThat(ownership.find(BOT)).isEmpty();
            assertThat(listener.heard).endsWith("skipped FENCED");
        }

        @Test
        void refusesCommands() {
            own();
            read(claimOf("/elsewhere", 2));

            assertThat(failure(submit(BOT, create()))).isInstanceOf(NotOwnerException.class);
        }

        @Test
        void keepsStillForThePause() {
            own();
            read(claimOf("/elsewhere", 2));

            clock.advance(DEPOSED_PAUSE.minusMillis(1));
            ownership.caughtUp();
            assertThat(log.sent()).hasSize(1);
            clock.advance(Duration.ofMillis(1));
            ownership.caughtUp();
            assertThat(log.lastClaim().epoch()).isEqualTo(3);
        }
    }

    /** The log confirmed it and went away before it could be read. */
    @Nested
    class AnEventThatIsNotShown {
        @Test
        void endsTheOwnershipAndLeavesTheOutcomeOpen() {
            own();
            var inFlight = submit(BOT, create());

            clock.advance(PartitionOwnership.READ_BACK_WITHIN.plusSeconds(1));
            ownership.caughtUp();

            assertThat(typeOf(inFlight)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(failure(inFlight)).hasMessageContaining("the log does not show an event");
            assertThat(ownership.owning()).isFalse();
            assertThat(listener.heard).endsWith("lost 3");
        }

        @Test
        void isWaitedForAsLongAsOneMayTake() {
            own();
            var inFlight = submit(BOT, create());

            clock.advance(PartitionOwnership.READ_BACK_WITHIN);
            ownership.caughtUp();

            assertThat(inFlight).isNotDone();
            assertThat(ownership.owning()).isTrue();
        }

        @Test
        void isNoneBehindOneThatWasRead() {
            own();
            var counted = submit(BOT, create());
            read(log.lastEvent());

            clock.advance(PartitionOwnership.READ_BACK_WITHIN.multipliedBy(2));
            ownership.caughtUp();

            assertThat(counted).isCompleted();
            assertThat(ownership.owning()).isTrue();
        }
    }

    @Nested
    class AFailedAppend {
        @Test
        void leavesTheOutcomeOpenAndGivesThePartitionUp() {
            own();
            var inFlight = submit(BOT, create());
            var waiting = submit(BOT, new TakeCheckpoint("test", UnaryOperator.identity()));

            log.failLast();

            assertThat(typeOf(inFlight)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(failure(inFlight)).hasMessageContaining("the log did not take an event");
            assertThat(failure(waiting)).isInstanceOf(NotOwnerException.class);
            assertThat(ownership.owning()).isFalse();
            assertThat(listener.heard).endsWith("lost 3");
        }

        @Test
        void isFollowedByAHigherClaimAtOnce() {
            own();
            var _ = submit(BOT, create());
            log.failLast();

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 2, 0 bots, continued");
        }

        @Test
        void thatArrivedBeforeTheNewClaimCounts() {
            own();
            var _ = submit(BOT, create());
            var entry = log.lastEvent();
            log.failLast();

            read(entry);
            own();

            assertThat(ownership.find(BOT)).isPresent();
            assertThat(listener.heard).endsWith("owned 3, epoch 2, 1 bots, continued");
        }

        @Test
        void ofAnEarlierOwnershipChangesNothing() {
            own();
            var outcome = submit(BOT, create());
            var early = log.sent().size();
            read(log.lastEvent());
            read(claimOf("/elsewhere", 2));
            clock.advance(DEPOSED_PAUSE);
            own();

            log.fail(early - 1);

            assertThat(ownership.owning()).isTrue();
            assertThat(outcome).isCompleted();
        }
    }

    @Nested
    class Continuing {
        @Test
        void isNotAnotherProcess() {
            read(claimOf("/elsewhere", 1));

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 2, 0 bots");
        }

        @Test
        void endsWhenAnotherOwnedInBetween() {
            own();
            read(claimOf("/elsewhere", 2));
            clock.advance(DEPOSED_PAUSE);

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 3, 0 bots");
        }

        /** The reader began anew behind this process's last claim, where state-service had folded to. */
        @Test
        void isRememberedWhenTheClaimIsNotReadAgain() {
            ownership = assigned(
                    new PartitionFold(6, List.of(SampleBots.created(BOT))), new Past(6, clock.instant(), Debts.NONE));

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 7, 1 bots, continued");
        }

        @Test
        void isNotBelievedWhenAnotherClaimedSince() {
            ownership = assigned(new PartitionFold(7, List.of()), new Past(6, clock.instant(), Debts.NONE));

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 8, 0 bots");
        }
    }
}
