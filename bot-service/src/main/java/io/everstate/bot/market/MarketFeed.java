package io.everstate.bot.market;

import java.util.Optional;
import java.util.Set;

/**
 * Markets' prices as numbered bars. The same symbol and number give the same bar for ever, also after a restart of the process: a bot's
 * place in the feed is a number. Safe for use by many threads.
 */
public interface MarketFeed {

    Set<String> symbols();

    /**
     * @return empty after the feed's end
     * @throws IllegalArgumentException for a symbol that is not among {@link #symbols()} and for a negative number
     */
    Optional<Bar> bar(String symbol, long number);
}
