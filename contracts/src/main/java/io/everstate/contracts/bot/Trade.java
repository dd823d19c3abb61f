package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A fill that counts.
 *
 * @param sequence of the event that made it count; with the leg unique within the bot
 * @param fee in the market's quote currency
 * @param realisedProfit of a sale: (price - entry price) x quantity - fee; of a purchase: - fee; of a cycle's last leg: what the whole
 *     {@link Cycle} realised, of its other legs: 0
 * @param leg 1, 2 or 3 in a cycle; 0 (left out in JSON) for an event's only fill
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
        long feedPosition,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int leg) {

    /** An event's only fill. */
    public Trade(
            long sequence,
            String symbol,
            Side side,
            Amount quantity,
            Amount price,
            Amount fee,
            Amount realisedProfit,
            Instant at,
            long feedPosition) {
        this(sequence, symbol, side, quantity, price, fee, realisedProfit, at, feedPosition, 0);
    }

    public Trade {
        requireNonNull(symbol, "symbol");
        requireNonNull(side, "side");
        requireNonNull(quantity, "quantity");
        requireNonNull(price, "price");
        requireNonNull(fee, "fee");
        requireNonNull(realisedProfit, "realisedProfit");
        requireNonNull(at, "at");
    }

    static Trade of(long sequence, int leg, Fill fill, Amount realisedProfit) {
        return new Trade(
                sequence,
                fill.symbol(),
                fill.side(),
                fill.quantity(),
                fill.price(),
                fill.fee(),
                realisedProfit,
                fill.at(),
                fill.feedPosition(),
                leg);
    }
}
