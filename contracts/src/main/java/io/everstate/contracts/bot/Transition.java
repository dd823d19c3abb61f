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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one event makes of one bot's state. Total: every event on every state is accepted or refused, nothing is thrown. */
public sealed interface Transition {
    record Accepted(BotState state) implements Transition {}

    record Refused(Refusal refusal) implements Transition {}

    /**
     * @param state null when the bot is not known
     * @param sequence the event's number; the caller has checked that it is the next, or that the event is a checkpoint ahead
     * @param idempotencyKey of the command that caused it, or null
     */
    static Transition of(
            BotId id,
            @Nullable BotState state,
            BotEvent event,
            long sequence,
            Instant at,
            @Nullable String idempotencyKey) {
        var changed = switch (event) {
            case BotCreated created ->
                state == null ? accepted(BotState.created(id, created, at)) : new Refused(Refusal.ALREADY_EXISTS);
            case CheckpointTaken checkpoint ->
                checkpoint.state().id().equals(id)
                        ? accepted(state == null ? checkpoint.state() : state.restored(checkpoint.state()))
                        : new Refused(Refusal.OTHER_BOT);
            default -> state == null ? new Refused(Refusal.UNKNOWN_BOT) : onKnown(state, event, sequence, at);
        };
        if (!(changed instanceof Accepted(BotState next))) {
            return changed;
        }
        var outcome = idempotencyKey == null ? null : new CommandOutcome(idempotencyKey, sequence, event.eventType());
        return accepted(next.numbered(sequence, at, outcome));
    }

    private static Transition onKnown(BotState state, BotEvent event, long sequence, Instant at) {
        var lifecycle = state.lifecycle();
        return switch (event) {
            case CheckpointTaken(var _, var carried) -> accepted(carried);
            case BotEvent _ when state.deleted() -> new Refused(Refusal.DELETED);
            case BotCreated _ -> new Refused(Refusal.ALREADY_EXISTS);
            case BotEvent _
            when state.external() != null -> ExternalTransition.of(state, state.external(), event, sequence, at);
            case ExternalEvent _ -> new Refused(Refusal.NOT_EXTERNAL);
            case BotStarted _ when lifecycle.emergencyStop() != null -> new Refused(Refusal.EMERGENCY);
            case BotStarted _ when state.running() -> new Refused(Refusal.ALREADY_RUNNING);
            case BotStarted _ when paused(state) -> new Refused(Refusal.PAUSED);
            case BotStarted _ -> accepted(state.withLifecycle(lifecycle.started(at)));
            case BotStopped _ when !state.running() && !paused(state) -> new Refused(Refusal.NOT_RUNNING);
            case BotStopped(var reason) ->
                accepted(state.withLifecycle(lifecycle.stopped(reason, state.updatedAt(), at)));
            case BotPaused _ when !state.running() -> new Refused(Refusal.NOT_RUNNING);
            case BotPaused _ -> accepted(state.withLifecycle(lifecycle.paused(at)));
            case BotResumed _ when !paused(state) -> new Refused(Refusal.NOT_PAUSED);
            case BotResumed _ -> accepted(state.withLifecycle(lifecycle.started(at)));
            case BotConfigured(var configuration, var _)
            when !configuration.sameBasis(state.configuration()) -> new Refused(Refusal.FIXED);
            case BotConfigured(var configuration, var by) -> accepted(state.configured(configuration, by, at));
            case BotDeleted _ when state.running() -> new Refused(Refusal.STILL_RUNNING);
            case BotDeleted _ -> accepted(state.withLifecycle(lifecycle.deleted()));
            case BotRestarted _ when !state.running() -> new Refused(Refusal.NOT_RUNNING);
            case BotRestarted _ -> accepted(state.withLifecycle(lifecycle.restarted(state.updatedAt(), at)));
            case BotNotReturned _ when !state.running() -> new Refused(Refusal.NOT_RUNNING);
            case BotNotReturned(var reason) -> accepted(state.withLifecycle(lifecycle.notReturned(reason, at)));
            case ReturnedAfterPause returned -> onReturn(state, returned, at);
            case EmergencyStopped _ when lifecycle.emergencyStop() != null -> new Refused(Refusal.EMERGENCY);
            case EmergencyStopped(var reason, var _) ->
                accepted(state.withLifecycle(lifecycle.emergency(new Lifecycle.EmergencyStop(reason, at))));
            case EmergencyCleared _ -> onCleared(state);
            case MarketEvent traded -> onTraded(state, traded, sequence);
        };
    }

    private static Transition onTraded(BotState folded, MarketEvent traded, long sequence) {
        if (!folded.running()) {
            return new Refused(Refusal.NOT_RUNNING);
        }
        var marks = traded.marks();
        var state = marks == null ? folded : folded.withPortfolio(marks.appliedTo(folded.portfolio()));
        return switch (traded) {
            case TradeExecuted(var fill, var _) -> onFill(state, fill, sequence);
            case LimitReached reached -> onLimit(state, reached, sequence);
            case CycleExecuted(var cycle, var _) -> onCycle(state, cycle, sequence);
        };
    }

    private static Transition onReturn(BotState state, ReturnedAfterPause returned, Instant at) {
        if (!state.running() || !returned.isOf(state)) {
            return new Refused(Refusal.NOT_AWAY);
        }
        if (!returned.fits()) {
            return new Refused(Refusal.OUT_OF_RANGE);
        }
        var valued = new Absence.Return(returned.since(), at, returned.valueBefore(), returned.valueNow());
        return accepted(state.withLifecycle(state.lifecycle().returned(valued))
                .withPortfolio(state.portfolio().valuedAt(returned.prices())));
    }

    private static boolean paused(BotState state) {
        return state.lifecycle().status() == BotStatus.PAUSED;
    }

    private static Transition onCleared(BotState state) {
        var lifecycle = state.lifecycle();
        if (lifecycle.emergencyStop() != null) {
            return accepted(state.withLifecycle(lifecycle.cleared())
                    .withPortfolio(state.portfolio().withoutMaxLoss().withHighestOfNow()));
        }
        return state.portfolio().maxLossReached()
                ? accepted(state.withPortfolio(state.portfolio().withoutMaxLoss()))
                : new Refused(Refusal.NO_EMERGENCY);
    }

    /** The fill that it may carry counts by the same rules as any other. */
    private static Transition onLimit(BotState state, LimitReached reached, long sequence) {
        var symbol = state.portfolio().symbols().get(reached.symbol());
        if (symbol == null) {
            return new Refused(Refusal.UNKNOWN_SYMBOL);
        }
        if (symbol.maxLossReached()) {
            return new Refused(Refusal.MAX_LOSS);
        }
        var traded = reached.fill() == null ? accepted(state) : onFill(state, reached.fill(), sequence);
        return traded instanceof Accepted(var next)
                ? accepted(next.withPortfolio(
                        next.portfolio().withSymbol(reached.symbol(), changed -> changed.limitedBy(reached.limit()))))
                : traded;
    }

    private static Transition onCycle(BotState state, Cycle cycle, long sequence) {
        var books = CycleBooks.of(state.portfolio().symbols(), cycle);
        return books.refusal()
                .<Transition>map(Refused::new)
                .orElseGet(() -> accepted(state.withPortfolio(state.portfolio().cycled(sequence, cycle, books))));
    }

    private static Transition onFill(BotState state, Fill fill, long sequence) {
        var symbol = state.portfolio().symbols().get(fill.symbol());
        if (symbol == null) {
            return new Refused(Refusal.UNKNOWN_SYMBOL);
        }
        if (fill.side() == Side.BUY && symbol.maxLossReached()) {
            return new Refused(Refusal.MAX_LOSS);
        }
        if (fill.side() == Side.SELL && !symbol.holds(fill)) {
            return new Refused(Refusal.INSUFFICIENT_POSITION);
        }
        if (!symbol.affords(fill)) {
            return new Refused(Refusal.INSUFFICIENT_BALANCE);
        }
        var profit = symbol.profitOf(fill);
        var after = symbol.filled(fill);
        if (!profit.fits() || !after.fits()) {
            return new Refused(Refusal.OUT_OF_RANGE);
        }
        return accepted(state.withPortfolio(state.portfolio().filled(sequence, fill, after, profit)));
    }

    private static Transition accepted(BotState state) {
        return new Accepted(state);
    }
}
