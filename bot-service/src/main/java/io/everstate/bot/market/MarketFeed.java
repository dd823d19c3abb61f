package io.everstate.bot.market;

import io.everstate.contracts.bot.Amount;
import java.util.Optional;
import java.util.Set;

/**
 * Markets' prices as numbered bars. The same symbol and number give the same bar for ever, also after a restart of the process: a bot's
 * place in the feed is a number. Safe for use by many threads.
 */
public interface MarketFeed {

    Set<String> symbols();

    /**
     * @return empty where the feed has none: after its end, or where {@link #look} says why
     * @throws IllegalArgumentException for a symbol that is not among {@link #symbols()} and for a negative number
     */
    Optional<Bar> bar(String symbol, long number);

    /** Whether what there is at a place changes with time: bars come, and become too old to decide at. */
    default boolean isLive(String symbol) {
        return false;
    }

    /** What there is at a place; of a feed that has all its bars from the beginning, the bar or its end. */
    default Look look(String symbol, long number) {
        return bar(symbol, number).<Look>map(Look.Present::new).orElseGet(Look.Ended::new);
    }

    /**
     * What the market costs now for one that goes on behind a place in it: what the next bar opens with, or at the feed's end the last
     * close. Empty while that is not known yet.
     */
    default Optional<Amount> priceNow(String symbol, long position) {
        return bar(symbol, position + 1)
                .map(Bar::open)
                .or(() ->
                        position < 0 ? Optional.empty() : bar(symbol, position).map(Bar::close));
    }
}
