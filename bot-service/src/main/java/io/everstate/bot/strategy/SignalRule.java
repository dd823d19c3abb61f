package io.everstate.bot.strategy;

import io.everstate.bot.trading.Question;

/** All in or all out, by a fixed number of bars. */
interface SignalRule extends Question<Signal> {

    /** How many bars it looks at. */
    int bars();
}
