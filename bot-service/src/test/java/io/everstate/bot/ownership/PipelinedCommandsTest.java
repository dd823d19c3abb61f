package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.problem.ProblemType;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Several events of one bot on their way together. */
class PipelinedCommandsTest extends PartitionOwnershipFixture {

    @Nested
    class Events {
        @Test
        void areSentBeforeTheOnesAheadAreReadBack() {
            own();

            var first = submit(BOT, create());
            var second = submit(BOT, new StartBot());

            assertThat(log.event(2).event()).isEqualTo(new BotStarted());
            assertThat(log.event(2).sequence()).isEqualTo(2);
            read(log.event(1));
            assertThat(first).isCompleted();
            assertThat(second).isNotDone();
            read(log.event(2));
            assertThat(second).isCompletedWithValueMatching(result -> result.sequence() == 2);
        }

        @Test
        void waitWhenTooManyOfTheBotAreOnTheirWay() {
            own();
            created();
            startAndStop(Lane.MAX_IN_FLIGHT);

            var waiting = submit(BOT, new StartBot());

            assertThat(log.sent()).hasSize(2 + Lane.MAX_IN_FLIGHT);
            read(log.event(2));
            assertThat(log.sent()).hasSize(3 + Lane.MAX_IN_FLIGHT);
            assertThat(waiting).isNotDone();
        }

        @Test
        void areRefusedWhenTooManyWait() {
            own();
            created();
            startAndStop(Lane.MAX_IN_FLIGHT + Lane.MAX_WAITING);

            var tooMany = submit(BOT, new StartBot());

            assertThat(typeOf(tooMany)).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(failure(tooMany)).hasMessageContaining("too many");
        }

        @Test
        void whoseDeadlinePassedWhileTheyWaitedNeverBegin() {
            own();
            created();
            startAndStop(Lane.MAX_IN_FLIGHT);
            var late = submit(BOT, new StartBot());

            clock.advance(DEADLINE.plusMillis(1));
            read(log.event(2));

            assertThat(typeOf(late)).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(log.sent()).hasSize(2 + Lane.MAX_IN_FLIGHT);
        }

        @Test
        void areAllOfUnknownOutcomeWhenOneCouldNotBeSent() {
            own();
            var first = submit(BOT, create());
            var second = submit(BOT, new StartBot());

            log.fail(1);

            assertThat(typeOf(first)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(typeOf(second)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(ownership.owning()).isFalse();
        }

        @Test
        void nothingOfADeposedOwnerHappens() {
            own();
            var first = submit(BOT, create());
            var second = submit(BOT, new StartBot());

            read(claimOf("/elsewhere", 2));

            assertThat(failure(first)).isInstanceOf(NotOwnerException.class);
            assertThat(failure(second)).isInstanceOf(NotOwnerException.class);
        }

        /** Without an error of the log: whatever lost or swapped them, what is in flight was judged on what will not be. */
        @Test
        void thatComeBackInAnotherOrderGiveThePartitionUp() {
            own();
            var first = submit(BOT, create());
            var second = submit(BOT, new StartBot());

            read(log.event(2));

            assertThat(typeOf(first)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(typeOf(second)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
            assertThat(listener.heard).endsWith("skipped GAP", "lost 3");
        }

        private void startAndStop(int commands) {
            IntStream.range(0, commands).forEach(number -> {
                var _ = submit(BOT, number % 2 == 0 ? new StartBot() : new StopBot(StopReason.COMMAND));
            });
        }
    }

    @Nested
    class Refusals {
        @Test
        void areAnsweredWhenWhatTheyWereJudgedOnCounts() {
            own();
            created();
            var _ = submit(BOT, new StartBot());

            var refused = submit(BOT, new StartBot());

            assertThat(refused).isNotDone();
            read(log.lastEvent());
            assertThat(refusal(refused)).isEqualTo(Refusal.ALREADY_RUNNING);
        }

        @Test
        void areNotAnsweredWhenItNeverDoes() {
            own();
            created();
            var _ = submit(BOT, new StartBot());
            var refused = submit(BOT, new StartBot());

            read(claimOf("/elsewhere", 2));

            assertThat(failure(refused)).isInstanceOf(NotOwnerException.class);
        }

        @Test
        void areNotAnsweredWhenNobodyKnows() {
            own();
            created();
            var _ = submit(BOT, new StartBot());
            var refused = submit(BOT, new StartBot());

            log.failLast();

            assertThat(typeOf(refused)).as("nothing was written for it").isEqualTo(ProblemType.UNAVAILABLE);
        }

        @Test
        void doNotHoldUpWhatComesBehind() {
            own();
            created();
            var _ = submit(BOT, new StartBot());
            var _ = submit(BOT, new StartBot());

            var stop = submit(BOT, new StopBot(StopReason.COMMAND));

            read(log.event(2));
            read(log.event(3));
            assertThat(stop.join().state().running()).isFalse();
        }

        @Test
        void ofAConditionAreJudgedOnWhatIsExpected() {
            own();
            created();
            var _ = submit(BOT, new StartBot());

            var late = submit(
                    BOT, new OnlyIf(state -> state != null && !state.running(), new StopBot(StopReason.COMMAND)));

            read(log.event(2));
            assertThat(refusal(late)).isEqualTo(Refusal.SUPERSEDED);
            assertThat(log.sent()).hasSize(3);
        }
    }

    @Nested
    class KeysInFlight {
        @Test
        void haveOneEventAndOneOutcome() {
            own();
            created();
            var first = submit(BOT, new StartBot(), "key");

            var again = submit(BOT, new StartBot(), "key");

            assertThat(again).isNotDone();
            assertThat(log.sent()).hasSize(3);
            read(log.lastEvent());
            assertThat(again.join()).isEqualTo(first.join());
        }

        @Test
        void shareAnUnknownOutcomeToo() {
            own();
            created();
            var _ = submit(BOT, new StartBot(), "key");
            var again = submit(BOT, new StartBot(), "key");

            log.failLast();

            assertThat(typeOf(again)).isEqualTo(ProblemType.OUTCOME_UNKNOWN);
        }

        @Test
        void ofAnotherCommandAreAConflictOnceTheFirstCounts() {
            own();
            var first = submit(BOT, create(), "key");
            var other = submit(BOT, new CreateBot(SampleBots.configuration(RestartPolicy.MANUAL, null)), "key");

            assertThat(other).isNotDone();
            read(log.lastEvent());
            assertThat(first).isCompleted();
            assertThat(typeOf(other)).isEqualTo(ProblemType.CONFLICT);
        }
    }

    @Nested
    class Checkpoints {
        @Test
        void beginAlone() {
            own();
            created();
            var _ = submit(BOT, new StartBot());

            var checkpoint = submit(BOT, new TakeCheckpoint("test", UnaryOperator.identity()));

            assertThat(log.sent()).as("without the checkpoint").hasSize(3);
            read(log.event(2));
            read(log.event(3));
            assertThat(checkpoint.join().state().running()).isTrue();
        }

        @Test
        void alsoUnderACondition() {
            own();
            created();
            var _ = submit(BOT, new StartBot());

            var _ = submit(BOT, new OnlyIf(_ -> true, new RestoreCheckpoint("test", SampleBots.traded(BOT, 40))));

            assertThat(log.sent()).as("without the checkpoint").hasSize(3);
        }

        @Test
        void areFollowedBeforeTheyAreReadBack() {
            own();
            created();
            var _ = submit(BOT, new RestoreCheckpoint("test", SampleBots.created(BOT), 5_000));

            var start = submit(BOT, new StartBot());

            assertThat(log.lastEvent().sequence()).isEqualTo(5_002);
            read(log.event(2));
            read(log.event(3));
            assertThat(start.join().sequence()).isEqualTo(5_002);
        }
    }

    private static Refusal refusal(CompletableFuture<CommandResult> outcome) {
        return ((RefusedException) failure(outcome)).refusal();
    }
}
