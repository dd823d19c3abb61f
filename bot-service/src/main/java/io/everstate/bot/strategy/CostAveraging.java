package io.everstate.bot.strategy;

import io.everstate.bot.trading.Holdings;
import io.everstate.bot.trading.MarketStrategy;
import io.everstate.bot.trading.Order;
import io.everstate.bot.trading.Window;
import io.everstate.contracts.bot.Amount;

/**
 * Buys for the same amount at every {@code every}th bar of the feed, whatever the price, and sells all when the close is by the share
 * {@code takeProfit} above the entry price; 0 = never.
 */
record CostAveraging(int every, Amount amount, Amount takeProfit) implements MarketStrategy {
    private static final Amount ONE = Amount.of(1);

    @Override
    public int bars() {
        return 1;
    }

    @Override
    public Order decide(Window window, Holdings holdings) {
        var close = window.last().close();
        if (takeProfit.isPositive()
                && holdings.position().isPositive()
                && close.compareTo(holdings.entryPrice().times(ONE.plus(takeProfit))) >= 0) {
            return new Order.Sell(holdings.position());
        }
        return window.last().number() % every == 0 && holdings.balance().compareTo(amount) >= 0
                ? new Order.Buy(amount)
                : Order.NONE;
    }
}
