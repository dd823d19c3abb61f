package io.everstate.bot.history;

import io.everstate.bot.market.Bar;
import java.util.List;

/** Bars that an exchange has on record. For one thread at a time. */
public interface BarHistory {
    /**
     * A market's bars from one number to another, both among them, as far as they are over. In their order; there may be none before the
     * market's first, the newest may be missing, and where the record has a hole those in it are.
     *
     * @throws BarHistoryException when there is no answer, or one that cannot be true; then none of it is to be used
     */
    List<Bar> bars(String symbol, long from, long to);
}
