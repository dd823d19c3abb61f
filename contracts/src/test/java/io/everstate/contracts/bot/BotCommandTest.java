package io.everstate.contracts.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotCommand.ClearEmergency;
import io.everstate.contracts.bot.BotCommand.ConfigureBot;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.DeleteBot;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.PauseBot;
import io.everstate.contracts.bot.BotCommand.RecordCycle;
import io.everstate.contracts.bot.BotCommand.RecordFill;
import io.everstate.contracts.bot.BotCommand.RecordLimit;
import io.everstate.contracts.bot.BotCommand.ReportNotReturned;
import io.everstate.contracts.bot.BotCommand.RestartBot;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.ResumeBot;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.StopInEmergency;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotEvent.BotConfigured;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotDeleted;
import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.bot.BotEvent.BotPaused;
import io.everstate.contracts.bot.BotEvent.BotRestarted;
import io.everstate.contracts.bot.BotEvent.BotResumed;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.CycleExecuted;
import io.everstate.contracts.bot.BotEvent.EmergencyCleared;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.sample.RandomRecords;
import io.everstate.contracts.sample.Story;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BotCommandTest {
    private static final Fill FILL =
            new Fill("BTC/USD", Side.BUY, Amount.of(1), Amount.of(100), Amount.ZERO, Instant.EPOCH, 1);

    private static final LimitReached LIMIT =
            new LimitReached(Limit.POSITION, "BTC/USD", Amount.of(2), Amount.of(1), FILL);

    private static final Cycle CYCLE = new RandomRecords(1).cycle();

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(new CreateBot(Story.CONFIGURATION), new BotCreated(BotKind.TRADING, Story.CONFIGURATION)),
                Arguments.of(new StartBot(), new BotStarted()),
                Arguments.of(new StopBot(StopReason.FEED_ENDED), new BotStopped(StopReason.FEED_ENDED)),
                Arguments.of(new RestartBot(), new BotRestarted()),
                Arguments.of(
                        new ConfigureBot(Story.RECONFIGURATION, "me"), new BotConfigured(Story.RECONFIGURATION, "me")),
                Arguments.of(new PauseBot(), new BotPaused()),
                Arguments.of(new ResumeBot(), new BotResumed()),
                Arguments.of(new DeleteBot("me"), new BotDeleted("me")),
                Arguments.of(new ReportNotReturned("why"), new BotNotReturned("why")),
                Arguments.of(new RecordFill(FILL), new TradeExecuted(FILL)),
                Arguments.of(new RecordLimit(LIMIT), LIMIT),
                Arguments.of(new RecordCycle(CYCLE), new CycleExecuted(CYCLE)),
                Arguments.of(new StopInEmergency("why", Amount.of(1)), new EmergencyStopped("why", Amount.of(1))),
                Arguments.of(new ClearEmergency("seen"), new EmergencyCleared("seen")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void asksForItsEventInEveryState(BotCommand command, BotEvent event) {
        assertThat(command.event(null)).isEqualTo(event);
        assertThat(command.event(Story.end())).isEqualTo(event);
    }

    @Test
    void carriesTheNewestStateInACheckpoint() {
        var command = new TakeCheckpoint("by hand", state -> state.withLifecycle(Lifecycle.created(Instant.EPOCH)));

        assertThat(command.event(Story.end()))
                .isEqualTo(new CheckpointTaken("by hand", Story.end().withLifecycle(Lifecycle.created(Instant.EPOCH))));
    }

    @Test
    void isMeantOnlyWhereItsConditionHolds() {
        var command = new OnlyIf(state -> state != null, new OnlyIf(state -> state == null, new StartBot()));

        assertThat(new StartBot().meant(null)).isTrue();
        assertThat(new OnlyIf(state -> state == null, new StartBot()).meant(null))
                .isTrue();
        assertThat(command.meant(null)).isFalse();
        assertThat(command.meant(Story.end())).isFalse();
        assertThat(command.event(Story.end())).isEqualTo(new BotStarted());
    }

    @Test
    void keepsTheNumberOfARestoredStateUnderACondition() {
        var restore = new RestoreCheckpoint("lost", Story.end(), 700);

        assertThat(new OnlyIf(state -> true, restore).above()).isEqualTo(700);
        assertThat(new RestoreCheckpoint("lost", Story.end()).above())
                .isEqualTo(Story.end().sequence());
        assertThat(new StartBot().above()).isZero();
    }

    @Test
    void takesNoCheckpointOfAnUnknownBot() {
        assertThat(new TakeCheckpoint("by hand", state -> state).event(null)).isNull();
    }
}
