package io.everstate.bot.strategy;

import static java.util.Comparator.comparing;

import io.everstate.bot.trading.CycleStrategy;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.Cycle;
import java.util.List;
import java.util.Optional;

/** Goes around the triangle when that gains at least the share {@code margin} of what it costs, fees and slippage deducted. */
record TriangularArbitrage(Amount stake, Amount margin) implements CycleStrategy {

    @Override
    public int bars() {
        return 1;
    }

    @Override
    public Optional<Cycle> choose(List<Cycle> offers) {
        return offers.stream()
                .filter(offer -> offer.gain().isPositive()
                        && offer.gain().compareTo(offer.cost().times(margin)) >= 0)
                .max(comparing(Cycle::gain));
    }
}
