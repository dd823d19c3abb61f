package io.everstate.bot.strategy;

import io.everstate.bot.trading.Holdings;
import io.everstate.bot.trading.MarketStrategy;
import io.everstate.bot.trading.Order;
import io.everstate.bot.trading.Window;
import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Lives on a price that goes up and down between {@code lower} and {@code upper}. The range is cut into {@code levels} steps of the same
 * height; each has a lot of {@code amount}, which is bought when the close is at or below the step's lower edge and sold when it is at or
 * above the upper one:
 *
 * <pre>
 * edge(i)  = lower + (upper - lower) x i / levels
 * least(p) = number of i below levels with p at or below edge(i)        lots that must be held at the price p
 * most(p)  = number of i below levels with p below edge(i + 1)          lots that may be held; one more at most
 * held     = position x entry price / amount, rounded up from a quarter on
 * </pre>
 *
 * How many lots are held follows from what the position has cost, so there is nothing to remember. A lot costs a little less than {@code
 * amount} because the fee is in it; with at most 50 lots a fee of up to 1 % does not make one too few of them.
 */
record Grid(Amount lower, Amount upper, int levels, Amount amount) implements MarketStrategy {
    private static final BigDecimal QUARTER = new BigDecimal("0.25");

    @Override
    public int bars() {
        return 1;
    }

    @Override
    public Order decide(Window window, Holdings holdings) {
        var price = window.last().close();
        var held = held(holdings);
        var missing = Math.min(least(price) - held, affordable(holdings));
        if (missing > 0) {
            return new Order.Buy(amount.times(Amount.of(missing)));
        }
        var most = most(price);
        return held > most ? new Order.Sell(sold(holdings, held, most)) : Order.NONE;
    }

    /** All when none may be held: a rest would stay for ever. */
    private static Amount sold(Holdings holdings, int held, int most) {
        return most == 0
                ? holdings.position()
                : holdings.position().times(Amount.of(held - most)).dividedDownBy(Amount.of(held));
    }

    private int held(Holdings holdings) {
        return holdings.position()
                .value()
                .multiply(holdings.entryPrice().value())
                .divide(amount.value(), 8, RoundingMode.HALF_EVEN)
                .subtract(QUARTER)
                .setScale(0, RoundingMode.CEILING)
                .max(BigDecimal.ZERO)
                .min(BigDecimal.valueOf(levels))
                .intValueExact();
    }

    private int affordable(Holdings holdings) {
        return holdings.balance()
                .value()
                .divideToIntegralValue(amount.value())
                .min(BigDecimal.valueOf(levels))
                .intValueExact();
    }

    private int least(Amount price) {
        var lots = 0;
        for (var i = 0; i < levels; i++) {
            lots += price.compareTo(edge(i)) <= 0 ? 1 : 0;
        }
        return lots;
    }

    private int most(Amount price) {
        var lots = 0;
        for (var i = 0; i < levels; i++) {
            lots += price.compareTo(edge(i + 1)) < 0 ? 1 : 0;
        }
        return lots;
    }

    private Amount edge(int number) {
        return lower.plus(upper.minus(lower).times(Amount.of(number)).dividedBy(Amount.of(levels)));
    }
}
