package io.everstate.bot.hosting;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.SymbolState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a bot stands in its markets. All go on together; a market that is behind, because the bot was lost between two of its fills, catches
 * up alone first. Markets that are traded together are kept at one time, others at one number. Used by one thread at a time.
 */
final class Places {
    private final MarketWindows windows;
    private final boolean byTime;
    private final Consumer<String> people;
    private final List<String> symbols;
    private final Map<String, Long> next = new HashMap<>();
    /** Where each market's newest bar of this run is in their order. */
    private final Map<String, Long> marked = new HashMap<>();

    /**
     * @param people are told what was missed
     * @throws IllegalArgumentException for a symbol that the feed does not have
     */
    Places(Portfolio portfolio, MarketWindows windows, boolean byTime, Consumer<String> people) {
        this.windows = windows;
        this.byTime = byTime;
        this.people = people;
        this.symbols = List.copyOf(portfolio.symbols().keySet());
        portfolio.symbols().forEach((symbol, state) -> next.put(symbol, nextOf(symbol, state)));
    }

    private long nextOf(String symbol, SymbolState state) {
        if (!windows.symbols().contains(symbol)) {
            throw new IllegalArgumentException("there is no market \"" + symbol + "\", only " + windows.symbols());
        }
        return state.feedPosition() + 1;
    }

    /**
     * The next bar of each market that is not ahead of another.
     *
     * @param all whether no market is ahead; those that have no bar now do not count
     * @param complete whether every market is valued at one bar once these are marked; one that has ended stays as it is
     * @param waiting whether a market has no bar now and can have one later
     */
    record Due(Map<String, Bar> bars, boolean all, boolean complete, boolean waiting) {
        static final Due NOTHING_YET = new Due(Map.of(), true, false, true);
    }

    /** Without bars, and not waiting, when every feed has ended. */
    Due due() {
        var bars = new LinkedHashMap<String, Bar>();
        var waiting = false;
        var ended = new HashSet<String>();
        for (var symbol : symbols) {
            switch (windows.look(symbol, next.getOrDefault(symbol, 0L))) {
                case Look.Present(var bar) -> bars.put(symbol, bar);
                case Look.NotYet() -> waiting = true;
                case Look.Gone(var newest) -> {
                    goOnBehind(symbol, newest);
                    waiting = true;
                }
                case Look.Ended() -> ended.add(symbol);
            }
        }
        return waiting && byTime && !followed(bars) ? Due.NOTHING_YET : first(bars, ended, waiting);
    }

    /** Markets that are traded together wait for each other until the next bar of one of them is there. */
    private boolean followed(Map<String, Bar> bars) {
        return bars.entrySet().stream()
                .anyMatch(entry -> windows.look(entry.getKey(), entry.getValue().number() + 1) instanceof Look.Present);
    }

    private Due first(Map<String, Bar> bars, Set<String> ended, boolean waiting) {
        var first = bars.values().stream().mapToLong(this::order).min().orElse(0);
        var open = bars.size();
        bars.values().removeIf(bar -> order(bar) > first);
        bars.forEach((symbol, bar) -> marked.put(symbol, order(bar)));
        var complete = symbols.stream()
                .allMatch(symbol -> ended.contains(symbol) || Objects.equals(marked.get(symbol), first));
        return new Due(bars, bars.size() == open, complete, waiting);
    }

    /** What happened meanwhile is not known, and nothing is decided on it. */
    private void goOnBehind(String symbol, long newest) {
        var missed = next.put(symbol, newest + 1);
        if (missed != null && missed > 0) {
            people.accept(
                    "it missed the bars %d to %d of %s and goes on behind them".formatted(missed, newest, symbol));
        }
    }

    private long order(Bar bar) {
        return byTime ? bar.at().getEpochSecond() : bar.number();
    }

    /** Whatever comes of it, that bar is not looked at again in this run. */
    void passed(String symbol) {
        next.merge(symbol, 1L, Long::sum);
    }
}
