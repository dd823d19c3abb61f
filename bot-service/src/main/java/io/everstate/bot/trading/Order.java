package io.everstate.bot.trading;

import io.everstate.contracts.bot.Amount;

/** What a strategy wants at a bar. The balance, the position and the limits decide how much of it happens. */
public sealed interface Order {
    Order NONE = new None();

    record None() implements Order {}

    /** @param most that is spent, fee included, in the quote currency */
    record Buy(Amount most) implements Order {}

    /** @param most that is sold, in the base currency */
    record Sell(Amount most) implements Order {}
}
