package io.everstate.bot.hosting;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.trading.Signal;
import io.everstate.bot.trading.StrategyCatalogue;
import io.everstate.bot.trading.TradingStrategy;
import io.everstate.contracts.bot.BotConfiguration;
import java.util.Optional;

/** One bot's strategy in one market, at its place in the feed. Used by one thread at a time. */
final class SymbolTrader {
    private final String symbol;
    private final MarketFeed market;
    private final TradingStrategy strategy;
    private long next;

    /**
     * Goes on behind {@code position}; the strategy first sees again the bars that it decides by.
     *
     * @throws IllegalArgumentException when there is no such market
     */
    SymbolTrader(
            String symbol,
            BotConfiguration configuration,
            long position,
            MarketFeed market,
            StrategyCatalogue catalogue) {
        if (!market.symbols().contains(symbol)) {
            throw new IllegalArgumentException("there is no market \"" + symbol + "\", only " + market.symbols());
        }
        this.symbol = symbol;
        this.market = market;
        this.strategy = catalogue.create(configuration.strategy(), configuration.parameters());
        this.next = position + 1;
        var warmUp = catalogue.warmUpBars(configuration.strategy(), configuration.parameters());
        for (var number = Math.max(0, next - warmUp); number < next; number++) {
            market.bar(symbol, number).ifPresent(strategy::onBar);
        }
    }

    String symbol() {
        return symbol;
    }

    /** What the strategy makes of the next bar. */
    record Step(Bar bar, Signal signal) {}

    /** One bar further; empty at the feed's end. */
    Optional<Step> step() {
        var bar = market.bar(symbol, next);
        if (bar.isPresent()) {
            next++;
        }
        return bar.map(present -> new Step(present, strategy.onBar(present)));
    }
}
