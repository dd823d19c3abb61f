package io.everstate.contracts.bot;

import io.everstate.contracts.wire.EventTypes;

/** A fact about one bot. Only the fold turns it into state. Wire names are fixed by {@link #eventType()} and golden files. */
public sealed interface BotEvent {
    String DOMAIN = "bot";

    record BotCreated(BotKind kind, BotConfiguration configuration) implements BotEvent {}

    record BotStarted() implements BotEvent {}

    record BotStopped(StopReason reason) implements BotEvent {}

    /** Its owner was lost while it ran; the next one goes on with it. */
    record BotRestarted() implements BotEvent {}

    record TradeExecuted(Fill fill) implements BotEvent {}

    /**
     * The risk guard or a person stopped trading.
     *
     * @param drawdown the fall from the highest value that was seen, 0.21 = 21 %
     */
    record EmergencyStopped(String reason, Amount drawdown) implements BotEvent {}

    record EmergencyCleared(String reason) implements BotEvent {}

    /** Carries the whole state; its sequence may jump ahead. */
    record CheckpointTaken(String reason, BotState state) implements BotEvent {}

    /** {@code io.everstate.bot.trade-executed.v1} for {@link TradeExecuted}. */
    default String eventType() {
        return EventTypes.nameOf(DOMAIN, getClass());
    }
}
