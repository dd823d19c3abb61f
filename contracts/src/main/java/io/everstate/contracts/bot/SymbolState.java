package io.everstate.contracts.bot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bot's holdings in one market. Amounts are in the quote currency, the position in the base currency.
 *
 * @param entryPrice average price of the position, fees excluded; zero without a position
 * @param currentPrice the newest known; zero before the first
 * @param tradesLastHour market times of the trades within the hour before the newest one
 * @param maxLossReached whether a stop-loss ended trading here
 * @param highestValue the highest total value ever marked
 * @param feedPosition number of the newest bar that counts; -1 before the first
 */
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

    private static final Duration HOUR = Duration.ofHours(1);

    public SymbolState {
        tradesLastHour = List.copyOf(tradesLastHour);
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

    /** Valued at a newer price, at a later bar. */
    public SymbolState marked(Amount price, long barNumber) {
        var value = balance.plus(position.times(price));
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
                highestValue.max(value),
                Math.max(feedPosition, barNumber));
    }

    boolean affords(Fill fill) {
        return fill.notional().plus(fill.fee()).compareTo(balance) <= 0;
    }

    boolean holds(Fill fill) {
        return fill.quantity().compareTo(position) <= 0;
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
        var cash = bought
                ? balance.minus(fill.notional()).minus(fill.fee())
                : balance.plus(fill.notional()).minus(fill.fee());
        var held = bought ? position.plus(fill.quantity()) : position.minus(fill.quantity());
        return new SymbolState(
                        cash,
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
                        fill.feedPosition())
                .marked(fill.price(), fill.feedPosition());
    }

    private Amount averaged(Fill fill, Amount held) {
        return position.times(entryPrice).plus(fill.notional()).dividedBy(held);
    }

    private List<Instant> lastHour(Instant at) {
        return Stream.concat(tradesLastHour.stream().filter(t -> t.isAfter(at.minus(HOUR))), Stream.of(at))
                .toList();
    }
}
