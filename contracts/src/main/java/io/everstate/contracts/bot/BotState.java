package io.everstate.contracts.bot;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.external.ExternalState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a bot. Stays small: the newest {@value Portfolio#RECENT_TRADES} trades and {@value #OUTCOMES} idempotency keys.
 *
 * @param version of this format
 * @param sequence of the newest event in it
 * @param configurations the newest {@value #CONFIGURATIONS} versions of the configuration, the oldest first and the present one last;
 *     texts that were written before there were versions have the first one only
 * @param external of a bot of kind EXTERNAL, and only of one
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
        List<CommandOutcome> outcomes,
        List<ConfigurationVersion> configurations,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ExternalState external) {

    public static final int VERSION = 1;
    public static final int CONFIGURATIONS = 10;
    public static final int OUTCOMES = 128;

    public BotState {
        if (version != VERSION) {
            throw new IllegalArgumentException("a bot's state of version " + version + " is unknown, only " + VERSION);
        }
        requireNonNull(id, "id");
        requireNonNull(kind, "kind").require(requireNonNull(configuration, "configuration"));
        requireNonNull(updatedAt, "updatedAt");
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(portfolio, "portfolio");
        outcomes = newest(OUTCOMES, outcomes);
        configurations = configurations == null || configurations.isEmpty()
                ? List.of(ConfigurationVersion.first(configuration, lifecycle.createdAt()))
                : newest(CONFIGURATIONS, configurations);
        // the same one most of the time, which alone equals() of a record does not see at once
        if (!Objects.equals(configurations.getLast().configuration(), configuration)) {
            throw new IllegalArgumentException("the newest version of the configuration must be the present one");
        }
        if ((kind == BotKind.EXTERNAL) != (external != null)) {
            throw new IllegalArgumentException("a bot has an external state when it runs elsewhere, and only then");
        }
    }

    /** Of a bot that is hosted here. */
    public BotState(
            int version,
            BotId id,
            BotKind kind,
            BotConfiguration configuration,
            long sequence,
            Instant updatedAt,
            Lifecycle lifecycle,
            Portfolio portfolio,
            List<CommandOutcome> outcomes,
            List<ConfigurationVersion> configurations) {
        this(
                version,
                id,
                kind,
                configuration,
                sequence,
                updatedAt,
                lifecycle,
                portfolio,
                outcomes,
                configurations,
                null);
    }

    private static <T> List<T> newest(int count, List<T> all) {
        return List.copyOf(all.size() <= count ? all : all.subList(all.size() - count, all.size()));
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
                List.of(),
                List.of(ConfigurationVersion.first(configuration, at)),
                event.kind() == BotKind.EXTERNAL ? ExternalState.created(event.tokenHash()) : null);
    }

    public boolean running() {
        return lifecycle.status() == BotStatus.RUNNING;
    }

    /** Whether it is in the run in which it was then: nobody has stopped, started or restarted it since. */
    public boolean runsAs(Lifecycle then) {
        return running()
                && lifecycle.restarts() == then.restarts()
                && Objects.equals(lifecycle.startedAt(), then.startedAt());
    }

    /** Whether bot-service runs it, and not somebody else. */
    @JsonIgnore
    public boolean hosted() {
        return kind == BotKind.TRADING;
    }

    /** The same, not running: of a state beyond which nothing is known. */
    public BotState stopped(Instant at) {
        var ends = running() || lifecycle.status() == BotStatus.PAUSED;
        return ends ? withLifecycle(lifecycle.stopped(StopReason.COMMAND, at)) : this;
    }

    public boolean deleted() {
        return lifecycle.status() == BotStatus.DELETED;
    }

    /** The present configuration with its number. */
    public ConfigurationVersion configurationVersion() {
        return configurations.getLast();
    }

    BotState configured(BotConfiguration changed, String by, Instant at) {
        var versions = new ArrayList<>(configurations);
        versions.add(configurationVersion().next(at, by, changed));
        return new BotState(
                version, id, kind, changed, sequence, updatedAt, lifecycle, portfolio, outcomes, versions, external);
    }

    /** What a command with this key did before, if it is among the newest. */
    public Optional<CommandOutcome> outcomeOf(String key) {
        for (var outcome : outcomes) {
            if (outcome.key().equals(key)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    public BotState withLifecycle(Lifecycle changed) {
        return new BotState(
                version,
                id,
                kind,
                configuration,
                sequence,
                updatedAt,
                changed,
                portfolio,
                outcomes,
                configurations,
                external);
    }

    public BotState withPortfolio(Portfolio changed) {
        return new BotState(
                version,
                id,
                kind,
                configuration,
                sequence,
                updatedAt,
                lifecycle,
                changed,
                outcomes,
                configurations,
                external);
    }

    /** The state carried by a checkpoint of this bot. Its token stays the present one: to go back must not revive a token that was replaced. */
    BotState restored(BotState carried) {
        return external == null || carried.external == null || external.tokenHash() == null
                ? carried
                : carried.withExternal(carried.external.withToken(external.tokenHash()));
    }

    public BotState withExternal(ExternalState changed) {
        return new BotState(
                version,
                id,
                kind,
                configuration,
                sequence,
                updatedAt,
                lifecycle,
                portfolio,
                outcomes,
                configurations,
                changed);
    }

    /**
     * With the holdings of another state of this bot. What was decided and done since stays: configuration, lifecycle, an emergency stop,
     * stop-losses, and the newest idempotency keys of both, so that no command of either happens again.
     *
     * @param symbol the one market to go back in; null for all
     * @throws IllegalArgumentException when the other state is another bot's, or holds other markets
     */
    public BotState goneBackTo(BotState other, @Nullable String symbol) {
        if (!id.equals(other.id) || kind != other.kind) {
            throw new IllegalArgumentException("it is the state of another bot: " + other.id);
        }
        if (!portfolio.symbols().keySet().equals(other.portfolio.symbols().keySet())) {
            throw new IllegalArgumentException("it holds other markets: "
                    + String.join(", ", other.portfolio.symbols().keySet()));
        }
        return new BotState(
                version,
                id,
                kind,
                configuration,
                Math.max(sequence, other.sequence),
                updatedAt,
                lifecycle,
                (symbol == null ? other.portfolio : portfolio.withSymbolOf(symbol, other.portfolio))
                        .withMaxLossOf(portfolio),
                outcomesWith(other),
                configurations,
                other.external);
    }

    private List<CommandOutcome> outcomesWith(BotState other) {
        var byKey = new LinkedHashMap<String, CommandOutcome>();
        outcomes.forEach(outcome -> byKey.put(outcome.key(), outcome));
        other.outcomes.forEach(outcome -> byKey.putIfAbsent(outcome.key(), outcome));
        return byKey.values().stream()
                .sorted(comparingLong(CommandOutcome::sequence))
                .toList();
    }

    /** The state after an event: its number, its time, and the outcome of its command. */
    BotState numbered(long number, Instant at, @Nullable CommandOutcome outcome) {
        return new BotState(
                version,
                id,
                kind,
                configuration,
                number,
                at,
                lifecycle,
                portfolio,
                with(outcome),
                configurations,
                external);
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
