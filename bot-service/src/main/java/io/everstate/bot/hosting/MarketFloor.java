package io.everstate.bot.hosting;

import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs on the markets' feed. */
record MarketFloor(
        Supplier<Ownerships> ownerships, MarketFeed market, MarketWindows windows, StrategyCatalogue strategies)
        implements TradingFloor {

    @Override
    public BotRunner runner(BotState state) {
        return new BotRunner(state, ownerships.get(), windows, strategies);
    }

    @Override
    public Optional<Map<String, Amount>> prices(BotState state) {
        var prices = new LinkedHashMap<String, Amount>();
        for (var symbol : state.portfolio().symbols().entrySet()) {
            var price = market.priceNow(symbol.getKey(), symbol.getValue().feedPosition());
            if (price.isEmpty()) {
                return Optional.empty();
            }
            prices.put(symbol.getKey(), price.get());
        }
        return Optional.of(prices);
    }
}
