package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bot's holdings in one market. Amounts are in the quote currency, the position in the base currency.
 *
 * @param entryPrice average price of the position, fees excluded; zero without a position
 * @param currentPrice the newest known; zero before the first
 * @param tradesLastHour market times of the trades within the hour that ended with the last one, the newest 1,000 at most
 * @param maxLossReached whether a stop-loss ended trading here
 * @param highestValue the highest total value ever marked
 * @param feedPosition number of the newest bar that counts; -1 before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "balance",
    "position",
    "positionValue",
    "entryPrice",
    "currentPrice",
    "totalValue",
    "totalFees",
    "realisedProfit",
    "unrealisedProfit",
    "trades",
    "lastTradeAt",
    "tradesLastHour",
    "maxLossReached",
    "highestValue",
    "feedPosition"
})
public record SymbolState(
        Amount balance,
        Amount position,
        Amount entryPrice,
        Amount currentPrice,
        Amount totalFees,
        Amount realisedProfit,
        long trades,
        @Nullable Instant lastTradeAt,
        List<Instant> tradesLastHour,
        boolean maxLossReached,
        Amount highestValue,
        long feedPosition) {

    private static final long HOUR = Duration.ofHours(1).toSeconds();
    private static final int MAX_TIMES = 1_000;

    public SymbolState {
        requireNonNull(balance, "balance");
        requireNonNull(position, "position");
        requireNonNull(entryPrice, "entryPrice");
        requireNonNull(currentPrice, "currentPrice");
        requireNonNull(totalFees, "totalFees");
        requireNonNull(realisedProfit, "realisedProfit");
        requireNonNull(highestValue, "highestValue");
        tradesLastHour = List.copyOf(tradesLastHour);
        if (position.isNegative()) {
            throw new IllegalArgumentException("position must not be negative");
        }
    }

    static SymbolState opening(Amount balance) {
        var zero = Amount.ZERO;
        return new SymbolState(balance, zero, zero, zero, zero, zero, 0, null, List.of(), false, balance, -1);
    }

    /** Position times current price. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Amount positionValue() {
        return position.times(currentPrice);
    }

    /** Balance plus position value. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Amount totalValue() {
        return balance.plus(positionValue());
    }

    /** (current price - entry price) x position. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Amount unrealisedProfit() {
        return currentPrice.minus(entryPrice).times(position);
    }

    /** Valued at a newer price, at a later bar. A price or value too large to be kept is passed over; the bar counts all the same. */
    public SymbolState marked(Amount price, long barNumber) {
        var value = balance.plus(position.times(price));
        var kept = price.fits() && value.fits();
        return new SymbolState(
                balance,
                position,
                entryPrice,
                kept ? price : currentPrice,
                totalFees,
                realisedProfit,
                trades,
                lastTradeAt,
                tradesLastHour,
                maxLossReached,
                kept ? highestValue.max(value) : highestValue,
                Math.max(feedPosition, barNumber));
    }

    /** With a highest value that is not below the given one; one too large to be kept is passed over. */
    public SymbolState withHighest(Amount value) {
        return new SymbolState(
                balance,
                position,
                entryPrice,
                currentPrice,
                totalFees,
                realisedProfit,
                trades,
                lastTradeAt,
                tradesLastHour,
                maxLossReached,
                value.fits() ? highestValue.max(value) : highestValue,
                feedPosition);
    }

    /** The highest value counts from the present one on. */
    SymbolState withHighestOfNow() {
        return new SymbolState(
                balance,
                position,
                entryPrice,
                currentPrice,
                totalFees,
                realisedProfit,
                trades,
                lastTradeAt,
                tradesLastHour,
                maxLossReached,
                totalValue().fits() ? totalValue() : highestValue,
                feedPosition);
    }

    /** Whether the balance is not below zero afterwards; a sale's fee may be more than it brings in. */
    boolean affords(Fill fill) {
        return !cashAfter(fill).isNegative();
    }

    boolean holds(Fill fill) {
        return fill.quantity().compareTo(position) <= 0;
    }

    /** Whether all amounts can still be read back afterwards. */
    boolean fits(Fill fill) {
        var after = filled(fill);
        return Stream.of(
                        profitOf(fill),
                        after.balance,
                        after.position,
                        after.entryPrice,
                        after.totalFees,
                        after.realisedProfit,
                        after.totalValue())
                .allMatch(Amount::fits);
    }

    /** What this fill realises here: its fee is lost at once, a sale's gain over the entry price is won. */
    Amount profitOf(Fill fill) {
        var gain = fill.side() == Side.BUY
                ? Amount.ZERO
                : fill.price().minus(entryPrice).times(fill.quantity());
        return gain.minus(fill.fee());
    }

    SymbolState filled(Fill fill) {
        var bought = fill.side() == Side.BUY;
        var held = bought ? position.plus(fill.quantity()) : position.minus(fill.quantity());
        return new SymbolState(
                        cashAfter(fill),
                        held,
                        bought ? averaged(fill, held) : held.isZero() ? Amount.ZERO : entryPrice,
                        fill.price(),
                        totalFees.plus(fill.fee()),
                        realisedProfit.plus(profitOf(fill)),
                        trades + 1,
                        fill.at(),
                        lastHour(fill.at()),
                        maxLossReached,
                        highestValue,
                        feedPosition)
                .marked(fill.price(), fill.feedPosition());
    }

    private Amount cashAfter(Fill fill) {
        var notional = fill.notional();
        var before = fill.side() == Side.BUY ? balance.minus(notional) : balance.plus(notional);
        return before.minus(fill.fee());
    }

    private Amount averaged(Fill fill, Amount held) {
        return position.times(entryPrice).plus(fill.notional()).dividedBy(held);
    }

    private List<Instant> lastHour(Instant at) {
        var times = new ArrayList<Instant>(tradesLastHour.size() + 1);
        for (var time : tradesLastHour) {
            if (withinHour(time, at)) {
                times.add(time);
            }
        }
        times.add(at);
        return times.subList(Math.max(0, times.size() - MAX_TIMES), times.size());
    }

    /** By the distance: the hour before the earliest instant does not exist. */
    private static boolean withinHour(Instant time, Instant end) {
        var seconds = end.getEpochSecond() - time.getEpochSecond();
        return !time.isAfter(end) && (seconds < HOUR || (seconds == HOUR && end.getNano() < time.getNano()));
    }
}
