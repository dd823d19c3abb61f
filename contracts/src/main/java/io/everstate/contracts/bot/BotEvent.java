package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.everstate.contracts.wire.EventTypes;

/** A fact about one bot. Only the fold turns it into state. Wire names are fixed by {@link #eventType()} and golden files. */
public sealed interface BotEvent {
    String DOMAIN = "bot";

    record BotCreated(BotKind kind, BotConfiguration configuration) implements BotEvent {
        public BotCreated {
            requireNonNull(kind, "kind");
            requireNonNull(configuration, "configuration");
        }
    }

    @JsonIgnoreProperties(
            ignoreUnknown = true) // any annotation: without one Jackson refuses to write a record of no components
    record BotStarted() implements BotEvent {}

    record BotStopped(StopReason reason) implements BotEvent {
        public BotStopped {
            requireNonNull(reason, "reason");
        }
    }

    /** An operator decided something else about it; symbols and initial balance stay. */
    record BotConfigured(BotConfiguration configuration, String by) implements BotEvent {
        public BotConfigured {
            requireNonNull(configuration, "configuration");
            requireNonNull(by, "by");
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true) // as above
    record BotPaused() implements BotEvent {}

    @JsonIgnoreProperties(ignoreUnknown = true) // as above
    record BotResumed() implements BotEvent {}

    record BotDeleted(String by) implements BotEvent {
        public BotDeleted {
            requireNonNull(by, "by");
        }
    }

    /** Its owner was lost while it ran; the next one goes on with it. */
    @JsonIgnoreProperties(ignoreUnknown = true) // as above
    record BotRestarted() implements BotEvent {}

    record TradeExecuted(Fill fill) implements BotEvent {
        public TradeExecuted {
            requireNonNull(fill, "fill");
        }
    }

    /**
     * The risk guard or a person stopped trading.
     *
     * @param drawdown the fall from the highest value that was seen, 0.21 = 21 %
     */
    record EmergencyStopped(String reason, Amount drawdown) implements BotEvent {
        public EmergencyStopped {
            requireNonNull(reason, "reason");
            requireNonNull(drawdown, "drawdown");
        }
    }

    record EmergencyCleared(String reason) implements BotEvent {
        public EmergencyCleared {
            requireNonNull(reason, "reason");
        }
    }

    /** Carries the whole state; its sequence may jump ahead. */
    record CheckpointTaken(String reason, BotState state) implements BotEvent {
        public CheckpointTaken {
            requireNonNull(reason, "reason");
            requireNonNull(state, "state");
        }
    }

    /** {@code io.everstate.bot.trade-executed.v1} for {@link TradeExecuted}. */
    default String eventType() {
        return EventTypes.nameOf(DOMAIN, getClass());
    }
}
