package io.everstate.bot.trading;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.Cycle;
import java.util.List;
import java.util.Optional;

/** Trades three markets at once, around a triangle of currencies. */
public non-sealed interface CycleStrategy extends TradingStrategy {

    /** The most that one cycle may cost, in the currency of the balance. */
    Amount stake();

    /** @param offers what either way around would do now, as it would happen: fees and slippage are in it */
    Optional<Cycle> choose(List<Cycle> offers);
}
