package io.everstate.bot.strategy;

import org.ta4j.core.BarSeries;

/** All in or all out: a pure function of a fixed number of bars. */
interface SignalRule {

    /** How many bars it looks at. */
    int bars();

    /** @param window exactly {@link #bars()} bars; their prices are whole multiples of 0.00000001, counted in that unit */
    Signal decide(BarSeries window);
}
