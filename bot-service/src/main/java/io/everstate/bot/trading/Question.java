package io.everstate.bot.trading;

import org.ta4j.core.BarSeries;

/**
 * Something about a fixed number of bars that follows from them alone. Two that are equal have the same answer and look at as many bars, so
 * one bot's answer is every bot's.
 *
 * @param <T> must not be null
 */
public interface Question<T> {

    /** @param window the bars; their prices are whole multiples of 0.00000001, counted in that unit */
    T answer(BarSeries window);
}
