package io.everstate.bot.sample;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Bars that a test made, numbered as they stand. */
public record InMemoryMarket(Map<String, List<Bar>> markets) implements MarketFeed {

    public static InMemoryMarket of(String symbol, List<Bar> bars) {
        return new InMemoryMarket(Map.of(symbol, bars));
    }

    @Override
    public Set<String> symbols() {
        return markets.keySet();
    }

    @Override
    public Optional<Bar> bar(String symbol, long number) {
        var bars = markets.get(symbol);
        if (bars == null || number < 0) {
            throw new IllegalArgumentException("there is no bar " + number + " of " + symbol);
        }
        return number < bars.size() ? Optional.of(bars.get(Math.toIntExact(number))) : Optional.empty();
    }
}
