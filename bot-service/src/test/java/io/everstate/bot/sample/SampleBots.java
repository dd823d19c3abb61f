package io.everstate.bot.sample;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.HeartbeatRecorded;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.external.ReportedStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bots and their states, made by the fold as real ones are. */
public final class SampleBots {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final String SYMBOL = "BTC/USD";

    private SampleBots() {}

    public static BotId id(int number) {
        return new BotId(new UUID(0x7000L, 0x8000_0000_0000_0000L | number));
    }

    public static BotConfiguration configuration(RestartPolicy policy, @Nullable String maxDrawdown) {
        return new BotConfiguration(
                "sample",
                "sma-cross",
                List.of(SYMBOL),
                Amount.of(10_000),
                Amount.of("0.001"),
                Map.of("fast", Amount.of(2), "slow", Amount.of(4)),
                policy,
                maxDrawdown == null ? null : Amount.of(maxDrawdown));
    }

    public static BotState created(BotId id) {
        return created(id, configuration(RestartPolicy.RESUME, null));
    }

    public static BotState created(BotId id, BotConfiguration configuration) {
        return apply(id, null, new BotCreated(BotKind.TRADING, configuration));
    }

    /** A bot that runs elsewhere and said so; it would be resumed if it were hosted. */
    public static BotState runningElsewhere(BotId id) {
        var configuration = new BotConfiguration(
                "elsewhere", "freqtrade", List.of(), Amount.ZERO, Amount.ZERO, Map.of(), RestartPolicy.RESUME, null);
        var created = apply(id, null, new BotCreated(BotKind.EXTERNAL, configuration, "a".repeat(64)));
        return then(created, new HeartbeatRecorded(ReportedStatus.RUNNING, null));
    }

    public static BotState running(BotId id, RestartPolicy policy) {
        return then(created(id, configuration(policy, null)), new BotStarted());
    }

    /** A running bot that bought a little {@code fills} times. */
    public static BotState traded(BotId id, int fills) {
        var state = running(id, RestartPolicy.RESUME);
        for (var i = 0; i < fills; i++) {
            state = then(state, new TradeExecuted(purchase(i)));
        }
        return state;
    }

    public static Fill purchase(long bar) {
        return new Fill(SYMBOL, Side.BUY, Amount.of("0.001"), Amount.of(100), Amount.ZERO, START.plusSeconds(bar), bar);
    }

    public static BotState then(BotState state, BotEvent event) {
        return apply(state.id(), state, event);
    }

    public static BotState then(BotState state, BotEvent event, Instant at) {
        return accepted(Transition.of(state.id(), state, event, state.sequence() + 1, at, null));
    }

    private static BotState apply(BotId id, @Nullable BotState state, BotEvent event) {
        var sequence = state == null ? 1 : state.sequence() + 1;
        return accepted(Transition.of(id, state, event, sequence, START.plusSeconds(sequence), null));
    }

    private static BotState accepted(Transition transition) {
        return switch (transition) {
            case Transition.Accepted(var next) -> next;
            case Transition.Refused(var refusal) -> throw new IllegalArgumentException(refusal.sentence());
        };
    }
}
