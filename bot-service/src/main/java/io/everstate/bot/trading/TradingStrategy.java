package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;

/**
 * Decides from one market's bars. A decision depends on the newest {@link StrategyCatalogue#warmUpBars} bars alone, the given one among
 * them, and neither on older ones nor on what the bot holds: a strategy that is made anew and given these bars decides as one that never
 * stopped. Until it has so many bars it says HOLD. Used by one thread at a time.
 */
public interface TradingStrategy {

    /**
     * @param bar the one after that of the last call
     * @throws IllegalArgumentException when it is another
     */
    Signal onBar(Bar bar);
}
