package io.everstate.contracts.bot;

import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotRestarted;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.EmergencyCleared;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A wish about one bot; the owner answers it with an event that counts, or with a refusal. */
public sealed interface BotCommand {

    record CreateBot(BotConfiguration configuration) implements BotCommand {}

    record StartBot() implements BotCommand {}

    record StopBot(StopReason reason) implements BotCommand {}

    record RestartBot() implements BotCommand {}

    record RecordFill(Fill fill) implements BotCommand {}

    record StopInEmergency(String reason, Amount drawdown) implements BotCommand {}

    record ClearEmergency(String reason) implements BotCommand {}

    /** @param newest brings the folded state to the newest marks before it is saved */
    record TakeCheckpoint(String reason, UnaryOperator<BotState> newest) implements BotCommand {}

    /** Goes on from a state that is later than what the log has kept. */
    record RestoreCheckpoint(String reason, BotState carried) implements BotCommand {}

    /** The event that would grant this command on that state; null when the bot must be known and is not. */
    default @Nullable BotEvent event(@Nullable BotState state) {
        return switch (this) {
            case CreateBot(var configuration) -> new BotCreated(BotKind.TRADING, configuration);
            case StartBot() -> new BotStarted();
            case StopBot(var reason) -> new BotStopped(reason);
            case RestartBot() -> new BotRestarted();
            case RecordFill(var fill) -> new TradeExecuted(fill);
            case StopInEmergency(var reason, var drawdown) -> new EmergencyStopped(reason, drawdown);
            case ClearEmergency(var reason) -> new EmergencyCleared(reason);
            case TakeCheckpoint(var reason, var newest) ->
                state == null ? null : new CheckpointTaken(reason, newest.apply(state));
            case RestoreCheckpoint(var reason, var carried) -> new CheckpointTaken(reason, carried);
        };
    }
}
