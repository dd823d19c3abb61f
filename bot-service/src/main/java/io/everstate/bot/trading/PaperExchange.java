package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Fills orders at a bar's close without an exchange. Slippage makes every price worse: bought at close x (1 + rate), rounded up to 8 places,
 * sold at close x (1 - rate), rounded down. The fee is the notional times the rate, rounded up, so that it is never paid short. The same
 * question gives the same fill.
 *
 * @param feeRate of the notional, 0.001 = 0.1 %
 * @param slippageRate of the price
 */
public record PaperExchange(Amount feeRate, Amount slippageRate) {
    private static final int PLACES = 8;
    private static final BigDecimal UNIT = BigDecimal.ONE.movePointLeft(PLACES);

    public static PaperExchange of(BotConfiguration configuration) {
        return new PaperExchange(configuration.feeRate(), configuration.slippageRate());
    }

    /** The most that this money pays, fee included; empty when it does not pay the smallest quantity, or the price cannot be kept. */
    Optional<Fill> bought(String symbol, Amount money, Bar bar) {
        var price = buyingPrice(bar);
        return price.isPositive() && price.fits()
                ? bought(symbol, affordable(money, price), price, bar)
                : Optional.empty();
    }

    /** That quantity at that price of {@link #buyingPrice}; empty when it is worth nothing. */
    Optional<Fill> bought(String symbol, Amount quantity, Amount price, Bar bar) {
        return filled(symbol, Side.BUY, quantity, price, bar);
    }

    /** Empty when it is worth nothing, or less than its fee. */
    Optional<Fill> sold(String symbol, Amount quantity, Bar bar) {
        return filled(symbol, Side.SELL, quantity, sellingPrice(bar), bar)
                .filter(fill -> fill.notional().compareTo(fill.fee()) >= 0);
    }

    Amount buyingPrice(Bar bar) {
        return slipped(bar, BigDecimal.ONE.add(slippageRate.value()), RoundingMode.UP);
    }

    private Amount sellingPrice(Bar bar) {
        return slipped(bar, BigDecimal.ONE.subtract(slippageRate.value()), RoundingMode.DOWN);
    }

    private static Amount slipped(Bar bar, BigDecimal factor, RoundingMode mode) {
        return new Amount(bar.close().value().multiply(factor).setScale(PLACES, mode));
    }

    private Optional<Fill> filled(String symbol, Side side, Amount quantity, Amount price, Bar bar) {
        var notional = quantity.times(price);
        if (!price.isPositive() || !quantity.isPositive() || !notional.isPositive() || !notional.fits()) {
            return Optional.empty();
        }
        return Optional.of(new Fill(symbol, side, quantity, price, fee(notional), bar.at(), bar.number()));
    }

    private Amount fee(Amount notional) {
        return new Amount(notional.value().multiply(feeRate.value()).setScale(PLACES, RoundingMode.UP));
    }

    /**
     * The quantity whose notional and fee fit the money. The notional may be rounded up by half a unit of the 8th place, which raises the
     * fee by that much times the rate, and the fee by a whole one; when these do not fit, the quantity leaves room for them.
     */
    private Amount affordable(Amount money, Amount price) {
        var rate = BigDecimal.ONE.add(feeRate.value());
        var unitCost = price.value().multiply(rate);
        var whole = quotient(money.value(), unitCost);
        var notional = whole.times(price);
        if (notional.plus(fee(notional)).compareTo(money) <= 0) {
            return whole;
        }
        var room = UNIT.multiply(BigDecimal.ONE.add(rate));
        return quotient(money.value().subtract(room), unitCost).max(Amount.ZERO);
    }

    private static Amount quotient(BigDecimal money, BigDecimal unitCost) {
        return new Amount(money.divide(unitCost, PLACES, RoundingMode.DOWN));
    }
}
