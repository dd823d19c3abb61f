package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotCommand.ConfigureBot;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PartitionCommandsTest extends PartitionOwnershipFixture {

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
        void ofTwoBotsGoTogether() {
            own();

            var _ = submit(BOT, create());
            var _ = submit(OTHER_BOT, create());

            assertThat(log.sent()).hasSize(3);
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
            ownership = assigned(new PartitionFold(), Past.NONE);
            entries.forEach(PartitionCommandsTest.this::read);

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

        /** Whoever repeats a creation cannot know that somebody has configured the bot since. */
        @Test
        void ofACreationGetItsOutcomeAlsoOnceTheBotWasConfigured() {
            own();
            var _ = submit(BOT, create(), "key");
            read(log.lastEvent());
            var _ = submit(BOT, new ConfigureBot(SampleBots.configuration(RestartPolicy.MANUAL, null), "ann"), null);
            read(log.lastEvent());

            var same = submit(BOT, create(), "key");

            assertThat(same.join().sequence()).isEqualTo(1);
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
            ownership = assigned(new PartitionFold(1, List.of(SampleBots.traded(BOT, 40))), Past.NONE);
            own();

            var outcome = submit(BOT, new RestoreCheckpoint("going back", SampleBots.created(BOT)));
            read(log.lastEvent());

            assertThat(outcome.join().sequence()).isEqualTo(43);
        }

        @Test
        void numbersTheCheckpointAboveWhatItIsToldTo() {
            own();

            var outcome = submit(BOT, new RestoreCheckpoint("the log lost its end", SampleBots.created(BOT), 5_000));
            read(log.lastEvent());

            assertThat(outcome.join().sequence()).isEqualTo(5_001);
        }
    }

    @Nested
    class ConditionalCommands {
        @Test
        void areCarriedOutWhileTheConditionHolds() {
            own();
            created();

            var outcome = submit(BOT, new OnlyIf(state -> state != null && !state.running(), new StartBot()));
            read(log.lastEvent());

            assertThat(outcome.join().state().running()).isTrue();
        }

        @Test
        void areRefusedWhenTheirTurnComesTooLate() {
            own();
            created();
            var first = submit(BOT, new StartBot());
            var second = submit(
                    BOT, new OnlyIf(state -> state != null && !state.running(), new StopBot(StopReason.COMMAND)));

            read(log.lastEvent());

            assertThat(first).isCompleted();
            assertThat(failure(second))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.SUPERSEDED));
            assertThat(log.sent()).hasSize(3);
        }
    }
}
