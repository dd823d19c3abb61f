package io.everstate.bot.strategy;

import io.everstate.bot.trading.Holdings;
import io.everstate.bot.trading.MarketStrategy;
import io.everstate.bot.trading.Order;
import io.everstate.bot.trading.Window;

/** Spends the whole balance when its rule says so and nothing is held, and sells all when it says so. */
record SignalStrategy(SignalRule rule) implements MarketStrategy {

    @Override
    public int bars() {
        return rule.bars();
    }

    @Override
    public Order decide(Window window, Holdings holdings) {
        return switch (window.answer(rule)) {
            case HOLD -> Order.NONE;
            case BUY -> holdings.position().isZero() ? new Order.Buy(holdings.balance()) : Order.NONE;
            case SELL -> holdings.position().isPositive() ? new Order.Sell(holdings.position()) : Order.NONE;
        };
    }
}
