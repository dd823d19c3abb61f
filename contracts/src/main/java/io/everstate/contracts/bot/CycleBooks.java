package io.everstate.contracts.bot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a cycle makes of a bot's accounts, or why it cannot. It realises what it adds to cash and to positions at their cost:
 *
 * <pre>
 * profit = gain + cost(x, p1) + cost(y, p3)
 * cost(d, p) = d x p             when d is above zero: bought at the leg's price, averaged into the entry price
 *            = d x entry price   when it is below zero
 * </pre>
 *
 * Profit and cash go to the paying account, each leg's fee (the middle one's in Q) and trade to the account of its own symbol.
 *
 * @param symbols as they are afterwards; as before when it is refused
 */
record CycleBooks(Map<String, SymbolState> symbols, Amount profit, Optional<Refusal> refusal) {

    static CycleBooks of(Map<String, SymbolState> before, Cycle cycle) {
        var first = before.get(cycle.first().symbol());
        var middle = before.get(cycle.middle().symbol());
        var last = before.get(cycle.last().symbol());
        var payer = before.get(cycle.account());
        if (first == null || middle == null || last == null || payer == null) {
            return refused(before, Refusal.UNKNOWN_SYMBOL);
        }
        if (Stream.of(first, middle, last).anyMatch(SymbolState::maxLossReached)) {
            return refused(before, Refusal.MAX_LOSS);
        }
        var uncovered = uncovered(first, last, payer, cycle);
        if (uncovered != null) {
            return refused(before, uncovered);
        }
        return booked(before, first, last, cycle);
    }

    private static CycleBooks refused(Map<String, SymbolState> before, Refusal refusal) {
        return new CycleBooks(before, Amount.ZERO, Optional.of(refusal));
    }

    private static @Nullable Refusal uncovered(SymbolState first, SymbolState last, SymbolState payer, Cycle cycle) {
        if (first.position().plus(cycle.leftOfFirst()).isNegative()
                || last.position().plus(cycle.leftOfLast()).isNegative()) {
            return Refusal.INSUFFICIENT_POSITION;
        }
        var paid = payer.balance().minus(cycle.cost());
        return paid.isNegative() || paid.plus(cycle.proceeds()).isNegative() ? Refusal.INSUFFICIENT_BALANCE : null;
    }

    private static CycleBooks booked(
            Map<String, SymbolState> before, SymbolState first, SymbolState last, Cycle cycle) {
        var profit = cycle.gain()
                .plus(first.costOf(cycle.leftOfFirst(), cycle.first().price()))
                .plus(last.costOf(cycle.leftOfLast(), cycle.last().price()));
        var after = new LinkedHashMap<>(before);
        after.computeIfPresent(cycle.account(), (_, symbol) -> symbol.earned(cycle.gain(), profit));
        book(after, cycle.first(), cycle.leftOfFirst(), cycle.first().fee());
        book(after, cycle.middle(), Amount.ZERO, cycle.middleFeeInQuote());
        book(after, cycle.last(), cycle.leftOfLast(), cycle.last().fee());
        var kept = profit.fits() && cycle.legs().stream().map(Fill::symbol).allMatch(symbol -> fits(after, symbol));
        return kept ? new CycleBooks(after, profit, Optional.empty()) : refused(before, Refusal.OUT_OF_RANGE);
    }

    private static void book(Map<String, SymbolState> symbols, Fill leg, Amount left, Amount fee) {
        symbols.computeIfPresent(leg.symbol(), (_, symbol) -> symbol.passed(leg, left, fee));
    }

    private static boolean fits(Map<String, SymbolState> symbols, String name) {
        var symbol = symbols.get(name);
        return symbol != null && symbol.fits();
    }
}
