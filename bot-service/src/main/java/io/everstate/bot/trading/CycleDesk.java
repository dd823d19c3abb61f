package io.everstate.bot.trading;

import static java.util.Comparator.comparing;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.RecordCycle;
import io.everstate.contracts.bot.BotCommand.RecordLimit;
import io.everstate.contracts.bot.Cycle;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.SymbolState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Trades around a triangle, at bars of one time only. A cycle is paid from the account that has most. The largest position is no limit of
 * it: what it buys it sells in the same moment.
 */
record CycleDesk(CycleStrategy strategy, RiskGuard guard, Triangle triangle) implements Desk {

    @Override
    public boolean together() {
        return true;
    }

    @Override
    public Optional<BotCommand> decide(Map<String, SymbolState> holdings, Map<String, Bar> bars) {
        var stop = bars.entrySet().stream()
                .flatMap(entry ->
                        guard.stopLoss(entry.getKey(), holding(holdings, entry.getKey()), entry.getValue()).stream())
                .findFirst();
        if (stop.isPresent()) {
            return stop;
        }
        var closed = holdings.values().stream().anyMatch(SymbolState::maxLossReached);
        return closed || !ofOneTime(bars) ? Optional.empty() : cycle(holdings, bars);
    }

    /** All three markets, and none of another time: prices of different times are no opportunity. */
    private boolean ofOneTime(Map<String, Bar> bars) {
        return bars.keySet().containsAll(List.of(triangle.direct(), triangle.cross(), triangle.indirect()))
                && bars.values().stream().map(Bar::at).distinct().count() == 1;
    }

    private Optional<BotCommand> cycle(Map<String, SymbolState> holdings, Map<String, Bar> bars) {
        var payer = holdings.entrySet().stream()
                .max(comparing(entry -> entry.getValue().balance()))
                .orElseThrow();
        var balance = payer.getValue().balance();
        var stake = strategy.stake().compareTo(balance) < 0 ? strategy.stake() : balance;
        var offers = Stream.of(forth(payer.getKey(), stake, bars), back(payer.getKey(), stake, bars))
                .flatMap(Optional::stream)
                .toList();
        return strategy.choose(offers).flatMap(chosen -> guarded(chosen, holdings, bars));
    }

    private Optional<BotCommand> guarded(Cycle cycle, Map<String, SymbolState> holdings, Map<String, Bar> bars) {
        var reached = cycle.legs().stream()
                .map(Fill::symbol)
                .flatMap(symbol -> guard.tooManyTrades(symbol, holding(holdings, symbol), bar(bars, symbol)).stream())
                .findFirst();
        return reached.isEmpty()
                ? Optional.of(new RecordCycle(cycle))
                : reached.filter(limit ->
                                !holding(holdings, limit.symbol()).limited().contains(limit.limit()))
                        .map(RecordLimit::new);
    }

    /** Q to A, A to B, B to Q. */
    private Optional<Cycle> forth(String payer, Amount stake, Map<String, Bar> bars) {
        return bought(triangle.direct(), stake, bars)
                .flatMap(first -> bought(triangle.cross(), first.quantity(), bars)
                        .flatMap(middle -> sold(triangle.indirect(), middle.quantity(), bars)
                                .map(last -> new Cycle(payer, List.of(first, middle, last)))));
    }

    /** Q to B, B to A, A to Q. */
    private Optional<Cycle> back(String payer, Amount stake, Map<String, Bar> bars) {
        return bought(triangle.indirect(), stake, bars)
                .flatMap(first -> sold(triangle.cross(), first.quantity(), bars)
                        .flatMap(middle -> sold(
                                        triangle.direct(), middle.notional().minus(middle.fee()), bars)
                                .map(last -> new Cycle(payer, List.of(first, middle, last)))));
    }

    private Optional<Fill> bought(String symbol, Amount money, Map<String, Bar> bars) {
        return guard.exchange().bought(symbol, money, bar(bars, symbol));
    }

    private Optional<Fill> sold(String symbol, Amount quantity, Map<String, Bar> bars) {
        return guard.exchange().sold(symbol, quantity, bar(bars, symbol));
    }

    private static Bar bar(Map<String, Bar> bars, String symbol) {
        return Objects.requireNonNull(bars.get(symbol), symbol);
    }

    private static SymbolState holding(Map<String, SymbolState> holdings, String symbol) {
        return Objects.requireNonNull(holdings.get(symbol), symbol);
    }
}
