package io.everstate.contracts.bot;

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
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.BotEvent.MarketEvent;
import io.everstate.contracts.bot.BotEvent.ReturnedAfterPause;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A wish about one bot; the owner answers it with an event that counts, or with a refusal. */
public sealed interface BotCommand {

    record CreateBot(BotConfiguration configuration) implements BotCommand {}

    /** @param tokenHash of the token by which it will report */
    record CreateExternalBot(BotConfiguration configuration, String tokenHash) implements BotCommand {}

    /** Records what a bot that runs elsewhere told, or what was decided about its telling. */
    record RecordExternally(ExternalEvent event) implements BotCommand {}

    record StartBot() implements BotCommand {}

    record StopBot(StopReason reason) implements BotCommand {}

    record RestartBot() implements BotCommand {}

    record ConfigureBot(BotConfiguration configuration, String by) implements BotCommand {}

    record PauseBot() implements BotCommand {}

    record ResumeBot() implements BotCommand {}

    record DeleteBot(String by) implements BotCommand {}

    record RecordFill(Fill fill) implements BotCommand {}

    record RecordLimit(LimitReached reached) implements BotCommand {}

    record RecordCycle(Cycle cycle) implements BotCommand {}

    /**
     * The command, and with it what the bot had seen of its markets by then, if the event has room for that.
     *
     * @param newest brings the folded state to the newest marks
     */
    record WithMarks(BotCommand command, UnaryOperator<BotState> newest) implements BotCommand {
        @Nullable
        BotEvent marked(@Nullable BotState state) {
            var event = command.event(state);
            return state != null && event instanceof MarketEvent traded
                    ? traded.with(Marks.seen(state, newest.apply(state), traded.fills()))
                    : event;
        }
    }

    record StopInEmergency(String reason, Amount drawdown) implements BotCommand {}

    record ClearEmergency(String reason) implements BotCommand {}

    record ReportNotReturned(String reason) implements BotCommand {}

    /** @param prices present ones by symbol, of a bot that was away for long */
    record ValueAfterPause(Map<String, Amount> prices) implements BotCommand {}

    /** @param newest brings the folded state to the newest marks before it is saved */
    record TakeCheckpoint(String reason, UnaryOperator<BotState> newest) implements BotCommand {}

    /**
     * Goes on from a state that the log does not have as its newest.
     *
     * @param above the event is numbered above this, as above the carried state and above all that the log knows
     */
    record RestoreCheckpoint(String reason, BotState carried, long above) implements BotCommand {
        public RestoreCheckpoint(String reason, BotState carried) {
            this(reason, carried, carried.sequence());
        }
    }

    /** The command, if the bot still is what its sender took it for when the command's turn comes; else it is refused as SUPERSEDED. */
    record OnlyIf(Predicate<@Nullable BotState> condition, BotCommand command) implements BotCommand {}

    /** Whether the condition that it may have holds on that state. */
    default boolean meant(@Nullable BotState state) {
        return !(this instanceof OnlyIf(var condition, var command)) || (condition.test(state) && command.meant(state));
    }

    /** Whether it brings a whole state along, so that what the bot is now does not matter to it. */
    default boolean restores() {
        return this instanceof RestoreCheckpoint || (this instanceof OnlyIf(var _, var command) && command.restores());
    }

    /** The event's number is above this, whatever the log knows. */
    default long above() {
        return this instanceof OnlyIf(var _, var command) ? command.above() : 0;
    }

    /** The event that would grant this command on that state; null when the bot must be known and is not. */
    default @Nullable BotEvent event(@Nullable BotState state) {
        return switch (this) {
            case CreateBot(var configuration) -> new BotCreated(BotKind.TRADING, configuration);
            case CreateExternalBot(var configuration, var tokenHash) ->
                new BotCreated(BotKind.EXTERNAL, configuration, tokenHash);
            case RecordExternally(var event) -> event;
            case StartBot() -> new BotStarted();
            case StopBot(var reason) -> new BotStopped(reason);
            case RestartBot() -> new BotRestarted();
            case ConfigureBot(var configuration, var by) -> new BotConfigured(configuration, by);
            case PauseBot() -> new BotPaused();
            case ResumeBot() -> new BotResumed();
            case DeleteBot(var by) -> new BotDeleted(by);
            case RecordFill(var fill) -> new TradeExecuted(fill);
            case RecordLimit(var reached) -> reached;
            case RecordCycle(var cycle) -> new CycleExecuted(cycle);
            case StopInEmergency(var reason, var drawdown) -> new EmergencyStopped(reason, drawdown);
            case ClearEmergency(var reason) -> new EmergencyCleared(reason);
            case ReportNotReturned(var reason) -> new BotNotReturned(reason);
            case ValueAfterPause(var prices) ->
                state == null
                        ? null
                        : ReturnedAfterPause.of(
                                state, state.lifecycle().absenceSince().orElse(state.updatedAt()), prices);
            case TakeCheckpoint(var reason, var newest) ->
                state == null ? null : new CheckpointTaken(reason, newest.apply(state));
            case RestoreCheckpoint(var reason, var carried, var _) -> new CheckpointTaken(reason, carried);
            case OnlyIf(var _, var command) -> command.event(state);
            case WithMarks marked -> marked.marked(state);
        };
    }
}
