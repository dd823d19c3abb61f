package io.everstate.bot.hosting;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import java.util.Optional;
import java.util.Set;

/** No bot can run here. */
final class ClosedMarket implements MarketFeed {
    @Override
    public Set<String> symbols() {
        return Set.of();
    }

    @Override
    public Optional<Bar> bar(String symbol, long number) {
        throw new IllegalArgumentException("the market is closed");
    }
}
