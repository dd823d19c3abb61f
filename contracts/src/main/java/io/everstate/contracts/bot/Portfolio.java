package io.everstate.contracts.bot;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A bot's holdings by symbol.
 *
 * @param recentTrades the newest 100 at most, the oldest first; the whole history is rows in state-service
 */
@JsonPropertyOrder({"symbols", "recentTrades", "totalValue", "totalProfit", "trades"})
public record Portfolio(Map<String, SymbolState> symbols, List<Trade> recentTrades) {
    public static final int RECENT_TRADES = 100;

    public Portfolio {
        symbols.forEach((name, symbol) -> requireNonNull(symbol, name));
        symbols = Collections.unmodifiableMap(new LinkedHashMap<>(symbols));
        recentTrades = List.copyOf(
                recentTrades.subList(Math.max(0, recentTrades.size() - RECENT_TRADES), recentTrades.size()));
    }

    /** Equal shares rounded down; what rounding leaves goes to the first symbol. */
    static Portfolio opening(BotConfiguration configuration) {
        if (configuration.symbols().isEmpty()) {
            return new Portfolio(Map.of(), List.of());
        }
        var symbols = new LinkedHashMap<String, SymbolState>();
        var count = Amount.of(configuration.symbols().size());
        var share = configuration.initialBalance().dividedDownBy(count);
        var remainder = configuration.initialBalance().minus(share.times(count));
        for (var symbol : configuration.symbols()) {
            var balance = symbols.isEmpty() ? share.plus(remainder) : share;
            symbols.put(symbol, SymbolState.opening(balance));
        }
        return new Portfolio(symbols, List.of());
    }

    Portfolio filled(long sequence, Fill fill, SymbolState before) {
        var trades = new ArrayList<>(recentTrades);
        trades.add(Trade.of(sequence, fill, before.profitOf(fill)));
        return new Portfolio(withSymbol(fill.symbol(), symbol -> symbol.filled(fill)).symbols, trades);
    }

    /** The same with one symbol changed; a symbol that is not held stays absent. */
    public Portfolio withSymbol(String symbol, UnaryOperator<SymbolState> change) {
        var changed = new LinkedHashMap<>(symbols);
        changed.computeIfPresent(symbol, (name, state) -> change.apply(state));
        return new Portfolio(changed, recentTrades);
    }

    /** At newer prices, each symbol at its place in its market; a symbol without one keeps its own. */
    Portfolio valuedAt(Map<String, Amount> prices) {
        var changed = new LinkedHashMap<>(symbols);
        prices.forEach((name, price) ->
                changed.computeIfPresent(name, (_, symbol) -> symbol.marked(price, symbol.feedPosition())));
        return new Portfolio(changed, recentTrades);
    }

    /** With one symbol and its trades as another portfolio has them; the other symbols stay. */
    Portfolio withSymbolOf(String name, Portfolio other) {
        var symbol = requireNonNull(other.symbols.get(name), name);
        var trades = Stream.concat(
                        recentTrades.stream().filter(trade -> !trade.symbol().equals(name)),
                        other.recentTrades.stream()
                                .filter(trade -> trade.symbol().equals(name)))
                .sorted(comparingLong(Trade::sequence))
                .toList();
        return new Portfolio(withSymbol(name, _ -> symbol).symbols, trades);
    }

    /** Every symbol's highest value is its present one: drawdown counts from here, or a cleared bot would stop again at once. */
    Portfolio withHighestOfNow() {
        var changed = new LinkedHashMap<String, SymbolState>();
        symbols.forEach((name, state) -> changed.put(name, state.withHighestOfNow()));
        return new Portfolio(changed, recentTrades);
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Amount totalValue() {
        return sum(SymbolState::totalValue);
    }

    /** Realised and unrealised, fees deducted. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Amount totalProfit() {
        return sum(symbol -> symbol.realisedProfit().plus(symbol.unrealisedProfit()));
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public long trades() {
        return symbols.values().stream().mapToLong(SymbolState::trades).sum();
    }

    private Amount sum(Function<SymbolState, Amount> part) {
        return symbols.values().stream().map(part).reduce(Amount.ZERO, Amount::plus);
    }
}
