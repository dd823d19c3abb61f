package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.SymbolState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Fills orders at a bar's close without an exchange: a purchase spends the whole balance, a sale sells the whole position. The fee is the
 * notional times the rate, rounded up to 8 places, so that it is never paid short. Has no state; the same question gives the same fill.
 */
public final class PaperExchange {
    private static final int PLACES = 8;
    private static final BigDecimal UNIT = BigDecimal.ONE.movePointLeft(PLACES);

    /**
     * @param state the holdings in this market
     * @param feeRate of the notional, 0.001 = 0.1 %
     * @return empty when there is nothing to do or to trade with: HOLD, a purchase with a position or with too little money for the
     *     smallest quantity, a sale without a position or of one that is worth less than its fee
     */
    public Optional<Fill> fill(String symbol, SymbolState state, Signal signal, Bar bar, Amount feeRate) {
        if (!bar.close().isPositive()) {
            return Optional.empty();
        }
        return switch (signal) {
            case HOLD -> Optional.empty();
            case BUY -> bought(symbol, state, bar, feeRate);
            case SELL -> sold(symbol, state, bar, feeRate);
        };
    }

    private static Optional<Fill> bought(String symbol, SymbolState state, Bar bar, Amount feeRate) {
        if (!state.position().isZero()) {
            return Optional.empty();
        }
        var quantity = affordable(state.balance(), bar.close(), feeRate);
        return filled(symbol, Side.BUY, quantity, bar, feeRate);
    }

    private static Optional<Fill> sold(String symbol, SymbolState state, Bar bar, Amount feeRate) {
        return filled(symbol, Side.SELL, state.position(), bar, feeRate)
                .filter(fill -> fill.notional().compareTo(fill.fee()) >= 0);
    }

    private static Optional<Fill> filled(String symbol, Side side, Amount quantity, Bar bar, Amount feeRate) {
        var notional = quantity.times(bar.close());
        if (!quantity.isPositive() || !notional.isPositive()) {
            return Optional.empty();
        }
        return Optional.of(
                new Fill(symbol, side, quantity, bar.close(), fee(notional, feeRate), bar.at(), bar.number()));
    }

    private static Amount fee(Amount notional, Amount feeRate) {
        return Amount.of(notional.value().multiply(feeRate.value()).setScale(PLACES, RoundingMode.UP));
    }

    /**
     * The quantity whose notional and fee fit the balance. The notional may be rounded up by half a unit of the 8th place, which raises the
     * fee by that much times the rate, and the fee by a whole one; when these do not fit, the quantity leaves room for them.
     */
    private static Amount affordable(Amount balance, Amount price, Amount feeRate) {
        var rate = BigDecimal.ONE.add(feeRate.value());
        var unitCost = price.value().multiply(rate);
        var whole = quotient(balance.value(), unitCost);
        var notional = whole.times(price);
        if (notional.plus(fee(notional, feeRate)).compareTo(balance) <= 0) {
            return whole;
        }
        var room = UNIT.multiply(BigDecimal.ONE.add(rate));
        return quotient(balance.value().subtract(room), unitCost).max(Amount.ZERO);
    }

    private static Amount quotient(BigDecimal balance, BigDecimal unitCost) {
        return Amount.of(balance.divide(unitCost, PLACES, RoundingMode.DOWN));
    }
}
