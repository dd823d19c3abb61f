package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What an exchange answers to an order: so much was bought or sold at that price.
 *
 * @param quantity in the base currency, above zero
 * @param price in the quote currency, above zero
 * @param fee in the quote currency, not negative
 * @param at the market's time
 * @param feedPosition number of the bar in the feed on which it happened; the bot goes on behind it
 */
public record Fill(String symbol, Side side, Amount quantity, Amount price, Amount fee, Instant at, long feedPosition) {

    public Fill {
        requireNonNull(symbol, "symbol");
        requireNonNull(side, "side");
        requireNonNull(at, "at");
        if (!quantity.isPositive() || !price.isPositive() || fee.isNegative()) {
            throw new IllegalArgumentException("a fill has a quantity and a price above 0 and a fee not below 0");
        }
        if (!quantity.fits() || !price.fits() || !fee.fits()) {
            throw new IllegalArgumentException("a fill's amounts have at most 22 digits before the point");
        }
    }

    /** Quantity times price, rounded half even to 8 places. */
    public Amount notional() {
        return quantity.times(price);
    }
}
