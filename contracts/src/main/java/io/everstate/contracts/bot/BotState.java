package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a bot. Stays small: the newest {@value Portfolio#RECENT_TRADES} trades and {@value #OUTCOMES} idempotency keys.
 *
 * @param version of this format
 * @param sequence of the newest event in it
 * @param outcomes of the newest commands that came with an idempotency key, the oldest first
 */
public record BotState(
        int version,
        BotId id,
        BotKind kind,
        BotConfiguration configuration,
        long sequence,
        Instant updatedAt,
        Lifecycle lifecycle,
        Portfolio portfolio,
        List<CommandOutcome> outcomes) {

    public static final int VERSION = 1;
    public static final int OUTCOMES = 128;

    public BotState {
        if (version != VERSION) {
            throw new IllegalArgumentException("a bot's state of version " + version + " is unknown, only " + VERSION);
        }
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(configuration, "configuration");
        requireNonNull(updatedAt, "updatedAt");
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(portfolio, "portfolio");
        outcomes = List.copyOf(outcomes.subList(Math.max(0, outcomes.size() - OUTCOMES), outcomes.size()));
    }

    static BotState created(BotId id, BotEvent.BotCreated event, Instant at) {
        var configuration = event.configuration();
        return new BotState(
                VERSION,
                id,
                event.kind(),
                configuration,
                0,
                at,
                Lifecycle.created(at),
                Portfolio.opening(configuration),
                List.of());
    }

    public boolean running() {
        return lifecycle.status() == BotStatus.RUNNING;
    }

    /** What a command with this key did before, if it is among the newest. */
    public Optional<CommandOutcome> outcomeOf(String key) {
        return outcomes.stream().filter(outcome -> outcome.key().equals(key)).findFirst();
    }

    public BotState withLifecycle(Lifecycle changed) {
        return new BotState(version, id, kind, configuration, sequence, updatedAt, changed, portfolio, outcomes);
    }

    public BotState withPortfolio(Portfolio changed) {
        return new BotState(version, id, kind, configuration, sequence, updatedAt, lifecycle, changed, outcomes);
    }

    /** The state after an event: its number, its time, and the outcome of its command. */
    BotState numbered(long number, Instant at, @Nullable CommandOutcome outcome) {
        return new BotState(version, id, kind, configuration, number, at, lifecycle, portfolio, with(outcome));
    }

    private List<CommandOutcome> with(@Nullable CommandOutcome outcome) {
        if (outcome == null) {
            return outcomes;
        }
        var all = new ArrayList<>(outcomes);
        all.add(outcome);
        return all;
    }
}
