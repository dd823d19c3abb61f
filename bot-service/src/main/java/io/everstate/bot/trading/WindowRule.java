package io.everstate.bot.trading;

import org.ta4j.core.BarSeries;

/** The rule of a strategy: a pure function of a fixed number of bars. */
interface WindowRule {

    /** How many bars it looks at. */
    int bars();

    /** @param window exactly {@link #bars()} bars; their prices are whole multiples of 0.00000001, counted in that unit */
    Signal decide(BarSeries window);
}
