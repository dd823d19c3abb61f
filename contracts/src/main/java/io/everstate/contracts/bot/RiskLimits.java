package io.everstate.contracts.bot;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.wire.Whole;
import org.jspecify.annotations.Nullable;

/**
 * How far a bot may go in each of its markets. A limit holds purchases back, never sales: it must not keep a bot from getting out.
 *
 * @param stopLoss the fall of a symbol's value from its highest, (highest value - total value) / highest value, at which its whole position
 *     is sold and no more is bought in it until a person clears the bot; 0.1 = 10 %; null = none
 * @param maxTradesPerHour in one symbol within an hour of the market's time, sales counted; from this number on nothing is bought; null =
 *     no limit
 * @param maxPosition the largest value of one symbol's position right after a purchase, in the quote currency; a purchase is cut to it;
 *     null = no limit
 */
@Whole
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RiskLimits(
        @Nullable Amount stopLoss,
        @Nullable Integer maxTradesPerHour,
        @Nullable Amount maxPosition) {
    /** So many times of trades are kept; a larger limit would never be reached. */
    public static final int MOST_TRADES_PER_HOUR = 1_000;

    public static final RiskLimits NONE = new RiskLimits(null, null, null);
}
