package io.everstate.bot.hosting;

import io.everstate.bot.market.Bar;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.SymbolState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a bot stands in its markets. All go on together; a market that is behind, because the bot was lost between two of its fills, catches
 * up alone first. Markets that are traded together are kept at one time, others at one number. Used by one thread at a time.
 */
final class Places {
    private final MarketWindows windows;
    private final boolean byTime;
    private final Map<String, Long> next = new LinkedHashMap<>();

    /** @throws IllegalArgumentException for a symbol that the feed does not have */
    Places(Portfolio portfolio, MarketWindows windows, boolean byTime) {
        this.windows = windows;
        this.byTime = byTime;
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
     * @param all whether no market is ahead; those whose feed has ended do not count
     */
    record Due(Map<String, Bar> bars, boolean all) {}

    /** Without bars when every feed has ended. */
    Due due() {
        var bars = new LinkedHashMap<String, Bar>();
        next.forEach((symbol, number) -> windows.bar(symbol, number).ifPresent(bar -> bars.put(symbol, bar)));
        var first = bars.values().stream().mapToLong(this::order).min().orElse(0);
        var open = bars.size();
        bars.values().removeIf(bar -> order(bar) > first);
        return new Due(bars, bars.size() == open);
    }

    private long order(Bar bar) {
        return byTime ? bar.at().getEpochSecond() : bar.number();
    }

    /** Whatever comes of it, that bar is not looked at again in this run. */
    void passed(String symbol) {
        next.merge(symbol, 1L, Long::sum);
    }
}
