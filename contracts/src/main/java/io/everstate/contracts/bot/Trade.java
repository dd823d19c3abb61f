package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A fill that counts.
 *
 * @param sequence of the event that made it count; unique within the bot
 * @param realisedProfit of a sale: (price - entry price) x quantity - fee; of a purchase: - fee
 */
public record Trade(
        long sequence,
        String symbol,
        Side side,
        Amount quantity,
        Amount price,
        Amount fee,
        Amount realisedProfit,
        Instant at,
        long feedPosition) {

    public Trade {
        requireNonNull(symbol, "symbol");
        requireNonNull(side, "side");
        requireNonNull(quantity, "quantity");
        requireNonNull(price, "price");
        requireNonNull(fee, "fee");
        requireNonNull(realisedProfit, "realisedProfit");
        requireNonNull(at, "at");
    }

    static Trade of(long sequence, Fill fill, Amount realisedProfit) {
        return new Trade(
                sequence,
                fill.symbol(),
                fill.side(),
                fill.quantity(),
                fill.price(),
                fill.fee(),
                realisedProfit,
                fill.at(),
                fill.feedPosition());
    }
}
