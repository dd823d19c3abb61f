package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PartitionOwnershipTest {
    private static final BotId BOT = SampleBots.id(1);
    private static final BotId OTHER_BOT = SampleBots.id(2);
    private static final String SOURCE = "/here";
    private static final Duration DEPOSED_PAUSE = Duration.ofSeconds(7);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int PARTITION = 3;

    private final SteppingClock clock = new SteppingClock();
    private final MemoryLog log = new MemoryLog();
    private final RecordingListener listener = new RecordingListener();
    private PartitionOwnership ownership = assigned(new PartitionFold(), Assignment.NEVER_OWNED);

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
            assertThat(ownership.epoch()).isEqualTo(2);
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

    @Nested
    class AFailedAppend {
        @Test
        void leavesTheOutcomeOpenAndGivesThePartitionUp() {
            own();
            var inFlight = submit(BOT, create());
            var waiting = submit(BOT, new StartBot());

            log.failLast();

            assertThat(typeOf(inFlight)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(failure(inFlight)).hasMessageContaining("same idempotency key");
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
            ownership = assigned(new PartitionFold(6, List.of(SampleBots.created(BOT))), 6);

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 7, 1 bots, continued");
        }

        @Test
        void isNotBelievedWhenAnotherClaimedSince() {
            ownership = assigned(new PartitionFold(7, List.of()), 6);

            own();

            assertThat(listener.heard).endsWith("owned 3, epoch 8, 0 bots");
        }
    }

    @Nested
    class Commands {
        @Test
        void areAnsweredWhenTheirEventIsReadBack() {
            own();

            var outcome = submit(BOT, create());

            assertThat(outcome).isNotDone();
            read(log.lastEvent());
            assertThat(outcome).isCompletedWithValueMatching(result -> result.sequence() == 1);
            assertThat(listener.heard).endsWith("applied 1");
        }

        @Test
        void ofOneBotGoOneByOne() {
            own();
            var first = submit(BOT, create());
            var second = submit(BOT, new StartBot());

            assertThat(log.sent()).as("claim and first event").hasSize(2);
            read(log.lastEvent());
            assertThat(first).isDone();
            assertThat(second).isNotDone();
            assertThat(log.lastEvent().event()).isEqualTo(new BotStarted());
            read(log.lastEvent());
            assertThat(second).isCompletedWithValueMatching(result -> result.sequence() == 2);
        }

        @Test
        void ofTwoBotsGoTogether() {
            own();

            var _ = submit(BOT, create());
            var _ = submit(OTHER_BOT, create());

            assertThat(log.sent()).hasSize(3);
        }

        @Test
        void whoseDeadlinePassedWhileTheyWaitedNeverBegin() {
            own();
            var _ = submit(BOT, create());
            var late = submit(BOT, new StartBot());

            clock.advance(DEADLINE.plusMillis(1));
            read(log.lastEvent());

            assertThat(typeOf(late)).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(log.sent()).hasSize(2);
        }

        @Test
        void areRefusedWhenTooManyWait() {
            own();
            var _ = submit(BOT, create());
            for (var i = 0; i < Lane.MAX_WAITING; i++) {
                var _ = submit(BOT, new StartBot());
            }

            var tooMany = submit(BOT, new StartBot());

            assertThat(typeOf(tooMany)).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(failure(tooMany)).hasMessageContaining("too many");
        }

        @Test
        void thatAreRefusedWriteNothing() {
            own();
            created();
            var before = log.sent().size();

            var refused = submit(BOT, new StopBot(StopReason.COMMAND));
            var unknown = submit(OTHER_BOT, new StartBot());

            assertThat(failure(refused))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.NOT_RUNNING));
            assertThat(typeOf(refused)).isEqualTo(ProblemType.CONFLICT);
            assertThat(typeOf(unknown)).isEqualTo(ProblemType.NOT_FOUND);
            assertThat(log.sent()).hasSize(before);
        }

        @Test
        void areNotTakenBeforeThePartitionIsOwned() {
            assertThat(failure(submit(BOT, create()))).isInstanceOf(NotOwnerException.class);
        }

        @Test
        void goOnAfterARefusalInTheLane() {
            own();
            var _ = submit(BOT, create());
            var refused = submit(BOT, new StopBot(StopReason.COMMAND));
            var start = submit(BOT, new StartBot());

            read(log.lastEvent());

            assertThat(refused).isCompletedExceptionally();
            read(log.lastEvent());
            assertThat(start)
                    .isCompletedWithValueMatching(result -> result.state().running());
        }
    }

    @Nested
    class RepeatedKeys {
        @Test
        void getTheFirstOutcomeAgainAndWriteNothing() {
            own();
            created();
            var first = submit(BOT, new StartBot(), "key");
            read(log.lastEvent());
            var before = log.sent().size();

            var again = submit(BOT, new StartBot(), "key");

            assertThat(again.join().sequence()).isEqualTo(first.join().sequence());
            assertThat(log.sent()).hasSize(before);
        }

        @Test
        void areKnownToTheNextOwner() {
            own();
            created();
            var _ = submit(BOT, new StartBot(), "key");
            var entries = List.copyOf(log.sent());
            ownership = assigned(new PartitionFold(), Assignment.NEVER_OWNED);
            entries.forEach(PartitionOwnershipTest.this::read);

            own();

            assertThat(submit(BOT, new StartBot(), "key").join().sequence()).isEqualTo(2);
        }

        @Test
        void ofAnotherCommandAreAConflict() {
            own();
            created();
            var _ = submit(BOT, new StartBot(), "key");
            read(log.lastEvent());

            var other = submit(BOT, new StopBot(StopReason.COMMAND), "key");

            assertThat(typeOf(other)).isEqualTo(ProblemType.CONFLICT);
            assertThat(ownership.find(BOT).orElseThrow().running()).isTrue();
        }

        @Test
        void ofAnotherCreationAreAConflict() {
            own();
            var _ = submit(BOT, create(), "key");
            read(log.lastEvent());

            var same = submit(BOT, create(), "key");
            var other = submit(BOT, new CreateBot(SampleBots.configuration(RestartPolicy.MANUAL, null)), "key");

            assertThat(same.join().sequence()).isEqualTo(1);
            assertThat(typeOf(other)).isEqualTo(ProblemType.CONFLICT);
        }
    }

    @Nested
    class Restoring {
        @Test
        void numbersTheCheckpointAboveWhatItCarries() {
            own();
            created();
            var carried = SampleBots.traded(BOT, 40);

            var outcome = submit(BOT, new RestoreCheckpoint("the log lost its end", carried));
            read(log.lastEvent());

            assertThat(outcome.join().sequence()).isEqualTo(carried.sequence() + 1);
            assertThat(ownership.find(BOT).orElseThrow().portfolio()).isEqualTo(carried.portfolio());
        }

        @Test
        void bringsBackABotThatTheLogDoesNotKnow() {
            own();
            var carried = SampleBots.traded(BOT, 40);

            var outcome = submit(BOT, new RestoreCheckpoint("the log lost its end", carried));
            read(log.lastEvent());

            assertThat(outcome.join().sequence()).isEqualTo(carried.sequence() + 1);
        }

        @Test
        void numbersAnOlderStateAboveWhatTheLogHas() {
            ownership = assigned(new PartitionFold(1, List.of(SampleBots.traded(BOT, 40))), Assignment.NEVER_OWNED);
            own();

            var outcome = submit(BOT, new RestoreCheckpoint("going back", SampleBots.created(BOT)));
            read(log.lastEvent());

            assertThat(outcome.join().sequence()).isEqualTo(43);
        }
    }

    private PartitionOwnership assigned(PartitionFold fold, long lastOwnEpoch) {
        var assignment = new Assignment(PARTITION, fold, lastOwnEpoch);
        var replica = new Replica(SOURCE, "http://here");
        return new PartitionOwnership(assignment, replica, log, listener, clock, DEPOSED_PAUSE);
    }

    private void own() {
        ownership.caughtUp();
        read(log.lastClaim());
    }

    private void created() {
        var _ = submit(BOT, create());
        read(log.lastEvent());
    }

    private void read(LogRecord entry) {
        ownership.read(entry);
    }

    private OwnershipClaimed claimOf(String source, long epoch) {
        var now = clock.instant();
        return new OwnershipClaimed(TimeOrderedUuid.at(now), now, source, epoch, "http://elsewhere");
    }

    private static BotCommand create() {
        return new CreateBot(SampleBots.configuration(RestartPolicy.RESUME, null));
    }

    private CompletableFuture<CommandResult> submit(BotId bot, BotCommand command) {
        return submit(bot, command, null);
    }

    private CompletableFuture<CommandResult> submit(BotId bot, BotCommand command, @Nullable String key) {
        var outcome = new CompletableFuture<CommandResult>();
        ownership.submit(new Submission(bot, command, key, clock.instant().plus(DEADLINE), outcome));
        return outcome;
    }

    private static Throwable failure(CompletableFuture<CommandResult> outcome) {
        assertThat(outcome).isCompletedExceptionally();
        return outcome.exceptionNow();
    }

    private static ProblemType typeOf(CompletableFuture<CommandResult> outcome) {
        return ((ProblemException) failure(outcome)).type();
    }
}
