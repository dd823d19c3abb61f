package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Three trades around a triangle of currencies that only count together: Q buys X, X becomes Y, Y is sold for Q. All cash of a bot is in Q;
 * X is held in the account of X/Q and Y in that of Y/Q, and the market between X and Y holds nothing. With quantity q, price p, fee f and
 * notional n = q x p, rounded half even to 8 places, of leg 1, 2, 3:
 *
 * <ul>
 *   <li>leg 1 buys X/Q: cash - (n1 + f1), X + q1;
 *   <li>leg 2 buys Y/X: X - (n2 + f2), Y + q2; or sells X/Y: X - q2, Y + (n2 - f2). Its price and fee are in that market's quote currency;
 *   <li>leg 3 sells Y/Q: Y - q3, cash + (n3 - f3).
 * </ul>
 *
 * What rounding leaves of X and Y stays as position: x and y, which are below zero when a cycle used up what an earlier one had left.
 *
 * @param account the symbol whose balance pays for leg 1 and gets the proceeds of leg 3; one of the three
 * @param legs of one moment, in their order
 */
public record Cycle(String account, List<Fill> legs) {
    private static final int LEGS = 3;

    public Cycle {
        requireNonNull(account, "account");
        legs = List.copyOf(legs);
        if (legs.size() != LEGS || !closes(legs)) {
            throw new IllegalArgumentException("a cycle buys X/Q, trades X for Y, and sells Y/Q");
        }
        if (legs.stream().map(Fill::at).distinct().count() > 1) {
            throw new IllegalArgumentException("the legs of a cycle happen at one time");
        }
        if (legs.stream().map(Fill::symbol).noneMatch(account::equals)) {
            throw new IllegalArgumentException("a cycle is paid from the account of one of its markets");
        }
    }

    private static boolean closes(List<Fill> legs) {
        var first = CurrencyPair.of(legs.getFirst().symbol());
        var middle = CurrencyPair.of(legs.get(1).symbol());
        var last = CurrencyPair.of(legs.getLast().symbol());
        var between = legs.get(1).side() == Side.BUY
                ? new CurrencyPair(last.base(), first.base())
                : new CurrencyPair(first.base(), last.base());
        return legs.getFirst().side() == Side.BUY
                && legs.getLast().side() == Side.SELL
                && first.quote().equals(last.quote())
                && middle.equals(between);
    }

    Fill first() {
        return legs.getFirst();
    }

    Fill middle() {
        return legs.get(1);
    }

    Fill last() {
        return legs.getLast();
    }

    /** n1 + f1. */
    public Amount cost() {
        return first().notional().plus(first().fee());
    }

    /** n3 - f3. */
    public Amount proceeds() {
        return last().notional().minus(last().fee());
    }

    /** Proceeds - cost. */
    public Amount gain() {
        return proceeds().minus(cost());
    }

    /** x: how much more of X is held afterwards. */
    public Amount leftOfFirst() {
        var spent = middle().side() == Side.BUY ? middle().notional().plus(middle().fee()) : middle().quantity();
        return first().quantity().minus(spent);
    }

    /** y: how much more of Y is held afterwards. */
    public Amount leftOfLast() {
        var received = middle().side() == Side.BUY
                ? middle().quantity()
                : middle().notional().minus(middle().fee());
        return received.minus(last().quantity());
    }

    /** Leg 2's fee in Q, at the price of the leg in which its currency is traded for Q: X when leg 2 buys, Y when it sells. */
    public Amount middleFeeInQuote() {
        var price = middle().side() == Side.BUY ? first().price() : last().price();
        return middle().fee().times(price);
    }
}
