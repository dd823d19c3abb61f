package io.everstate.bot.history;

import io.everstate.bot.market.Bar;
import java.util.List;

/** Bars that an exchange has on record. For one thread at a time. */
public interface BarHistory {
    /**
     * A market's bars from one number to another, both among them, as far as they are over. In their order and without gaps; there may be
     * none before the market's first, and the newest may be missing.
     *
     * @throws BarHistoryException when there is no answer, or one that cannot be true; then none of it is to be used
     */
    List<Bar> bars(String symbol, long from, long to);
}
