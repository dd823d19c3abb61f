package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bot's holdings in one market. Amounts are in the quote currency, the position in the base currency.
 *
 * @param entryPrice average price of the position, fees excluded; zero without a position
 * @param currentPrice the newest known; zero before the first
 * @param tradesLastHour market times of the trades within the hour that ended with the last one, the newest 1,000 at most
 * @param maxLossReached whether a stop-loss ended buying here
 * @param highestValue the highest total value that was marked since it was last cleared
 * @param feedPosition number of the newest bar that counts; -1 before the first
 * @param limited the limits that were announced since the last trade here; left out while there are none
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
    "feedPosition",
    "limited"
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
        long feedPosition,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<Limit> limited) {

    /** Without announced limits. */
    public SymbolState(
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
        this(
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
                highestValue,
                feedPosition,
                Set.of());
    }

    public SymbolState {
        requireNonNull(balance, "balance");
        requireNonNull(position, "position");
        requireNonNull(entryPrice, "entryPrice");
        requireNonNull(currentPrice, "currentPrice");
        requireNonNull(totalFees, "totalFees");
        requireNonNull(realisedProfit, "realisedProfit");
        requireNonNull(highestValue, "highestValue");
        tradesLastHour = TradeTimes.of(tradesLastHour);
        limited =
                limited == null || limited.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(limited));
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
        return valued(
                kept ? price : currentPrice,
                kept ? highestValue.max(value) : highestValue,
                Math.max(feedPosition, barNumber));
    }

    /** With a highest value that is not below the given one; one too large to be kept is passed over. */
    public SymbolState withHighest(Amount value) {
        return valued(currentPrice, value.fits() ? highestValue.max(value) : highestValue, feedPosition);
    }

    /** The highest value counts from the present one on. */
    SymbolState withHighestOfNow() {
        return valued(currentPrice, totalValue().fits() ? totalValue() : highestValue, feedPosition);
    }

    private SymbolState valued(Amount price, Amount highest, long barNumber) {
        return new SymbolState(
                balance,
                position,
                entryPrice,
                price,
                totalFees,
                realisedProfit,
                trades,
                lastTradeAt,
                tradesLastHour,
                maxLossReached,
                highest,
                barNumber,
                limited);
    }

    /** The fall of the value from its highest, 0.2 = 20 %: (highest value - total value) / highest value. */
    public Amount fall() {
        return highestValue.isPositive() ? highestValue.minus(totalValue()).dividedBy(highestValue) : Amount.ZERO;
    }

    /** How many trades there were within the hour before that time of the market, itself included. */
    public int tradesWithinHour(Instant end) {
        return times().count(end);
    }

    private TradeTimes times() {
        return TradeTimes.of(tradesLastHour);
    }

    /** A limit was announced; a stop-loss ends buying. */
    SymbolState limitedBy(Limit limit) {
        var announced = EnumSet.of(limit);
        announced.addAll(limited);
        return withLimits(maxLossReached || limit == Limit.STOP_LOSS, announced);
    }

    SymbolState withMaxLoss() {
        return maxLossReached ? this : withLimits(true, limited);
    }

    /** Can be bought again, and may fall again as far as its stop-loss allows, from now on. */
    SymbolState withoutMaxLoss() {
        return maxLossReached ? withLimits(false, Set.of()).withHighestOfNow() : this;
    }

    private SymbolState withLimits(boolean maxLoss, Set<Limit> announced) {
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
                maxLoss,
                highestValue,
                feedPosition,
                announced);
    }

    /** Whether the balance is not below zero afterwards; a sale's fee may be more than it brings in. */
    boolean affords(Fill fill) {
        return !cashAfter(fill).isNegative();
    }

    boolean holds(Fill fill) {
        return fill.quantity().compareTo(position) <= 0;
    }

    /** Whether all amounts can be read back. */
    boolean fits() {
        return balance.fits()
                && position.fits()
                && entryPrice.fits()
                && totalFees.fits()
                && realisedProfit.fits()
                && totalValue().fits();
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
        var moved = bought ? fill.quantity() : Amount.ZERO.minus(fill.quantity());
        var profit = profitOf(fill);
        return new SymbolState(
                        cashAfter(fill),
                        position.plus(moved),
                        entryAfter(moved, fill.notional()),
                        fill.price(),
                        totalFees.plus(fill.fee()),
                        realisedProfit.plus(profit),
                        trades + 1,
                        fill.at(),
                        times().with(fill.at()),
                        maxLossReached,
                        highestValue,
                        feedPosition)
                .marked(fill.price(), fill.feedPosition());
    }

    /** Paid for a cycle and got its proceeds. */
    SymbolState earned(Amount gain, Amount profit) {
        return new SymbolState(
                balance.plus(gain),
                position,
                entryPrice,
                currentPrice,
                totalFees,
                realisedProfit.plus(profit),
                trades,
                lastTradeAt,
                tradesLastHour,
                maxLossReached,
                highestValue,
                feedPosition,
                limited);
    }

    /**
     * One leg of a cycle happened in this market.
     *
     * @param left by how much the position changes over the whole cycle
     * @param fee of the leg, in the currency of the balance
     */
    SymbolState passed(Fill leg, Amount left, Amount fee) {
        return new SymbolState(
                        balance,
                        position.plus(left),
                        entryAfter(left, left.times(leg.price())),
                        leg.price(),
                        totalFees.plus(fee),
                        realisedProfit,
                        trades + 1,
                        leg.at(),
                        times().with(leg.at()),
                        maxLossReached,
                        highestValue,
                        feedPosition)
                .marked(leg.price(), leg.feedPosition());
    }

    /** What a change of the position at that price adds to its cost. */
    Amount costOf(Amount moved, Amount price) {
        return moved.times(moved.isNegative() ? entryPrice : price);
    }

    /** Averaged when it grew, the same when it shrank, none without a position. */
    private Amount entryAfter(Amount moved, Amount cost) {
        var held = position.plus(moved);
        if (held.isZero()) {
            return Amount.ZERO;
        }
        return moved.isPositive() ? position.times(entryPrice).plus(cost).dividedBy(held) : entryPrice;
    }

    private Amount cashAfter(Fill fill) {
        var notional = fill.notional();
        var before = fill.side() == Side.BUY ? balance.minus(notional) : balance.plus(notional);
        return before.minus(fill.fee());
    }
}
