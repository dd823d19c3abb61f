package io.everstate.contracts.bot;

import static java.util.Comparator.comparingLong;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import org.jspecify.annotations.Nullable;

/**
 * A bot's holdings by symbol.
 *
 * @param recentTrades the newest 100 at most, the oldest first; the whole history is rows in state-service
 * @param highestTotal the highest total value at one time, since it was last cleared; null (and left out) when it is the sum of the
 *     symbols' highest values, which texts from before it existed mean
 */
@JsonPropertyOrder({"symbols", "recentTrades", "highestTotal", "totalValue", "totalProfit", "trades"})
public record Portfolio(
        Map<String, SymbolState> symbols,
        List<Trade> recentTrades,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Amount highestTotal) {
    public static final int RECENT_TRADES = 100;

    public Portfolio {
        symbols.forEach((name, symbol) -> requireNonNull(symbol, name));
        symbols = Collections.unmodifiableMap(new LinkedHashMap<>(symbols));
        var surplus = recentTrades.size() - RECENT_TRADES;
        recentTrades = List.copyOf(surplus > 0 ? recentTrades.subList(surplus, recentTrades.size()) : recentTrades);
        highestTotal = keptHighest(symbols, highestTotal);
    }

    /** One symbol's total is its own. A sum that could not be read back is not written down. */
    private static @Nullable Amount keptHighest(Map<String, SymbolState> symbols, @Nullable Amount highest) {
        var sum = sum(symbols, SymbolState::highestValue);
        return highest == null || symbols.size() == 1 || highest.equals(sum) || !highest.fits() ? null : highest;
    }

    /** Whose highest total value is the sum of the symbols' highest values. */
    public Portfolio(Map<String, SymbolState> symbols, List<Trade> recentTrades) {
        this(symbols, recentTrades, null);
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

    /** @param after of the fill's symbol */
    Portfolio filled(long sequence, Fill fill, SymbolState after, Amount profit) {
        var changed = new LinkedHashMap<>(symbols);
        changed.put(fill.symbol(), after);
        return traded(changed, List.of(Trade.of(sequence, 0, fill, profit)));
    }

    /** The whole profit is the last leg's. */
    Portfolio cycled(long sequence, Cycle cycle, CycleBooks books) {
        var trades = List.of(
                Trade.of(sequence, 1, cycle.first(), Amount.ZERO),
                Trade.of(sequence, 2, cycle.middle(), Amount.ZERO),
                Trade.of(sequence, 3, cycle.last(), books.profit()));
        return traded(books.symbols(), trades);
    }

    private Portfolio traded(Map<String, SymbolState> after, List<Trade> made) {
        var trades = new ArrayList<>(recentTrades);
        trades.addAll(made);
        return new Portfolio(after, trades, highest()).withHighest();
    }

    /** The same with one symbol changed; a symbol that is not held stays absent. */
    public Portfolio withSymbol(String symbol, UnaryOperator<SymbolState> change) {
        var changed = new LinkedHashMap<>(symbols);
        changed.computeIfPresent(symbol, (name, state) -> change.apply(state));
        return new Portfolio(changed, recentTrades, highest());
    }

    /** At newer prices, each symbol at its place in its market; a symbol without one keeps its own. */
    Portfolio valuedAt(Map<String, Amount> prices) {
        var changed = new LinkedHashMap<>(symbols);
        prices.forEach((name, price) ->
                changed.computeIfPresent(name, (_, symbol) -> symbol.marked(price, symbol.feedPosition())));
        return new Portfolio(changed, recentTrades, highest());
    }

    /**
     * With one symbol and its trades as another portfolio has them; the other symbols stay. There never was such a total: its highest counts
     * from here, or the fall from what was given up would stop the bot at once.
     */
    Portfolio withSymbolOf(String name, Portfolio other) {
        var symbol = requireNonNull(other.symbols.get(name), name);
        var trades = Stream.concat(
                        recentTrades.stream().filter(trade -> !trade.symbol().equals(name)),
                        other.recentTrades.stream()
                                .filter(trade -> trade.symbol().equals(name)))
                .sorted(comparingLong(Trade::sequence).thenComparingInt(Trade::leg))
                .toList();
        var restored = withSymbol(name, _ -> symbol);
        return new Portfolio(restored.symbols, trades, restored.totalValue());
    }

    /** Every symbol's highest value is its present one: drawdown counts from here, or a cleared bot would stop again at once. */
    Portfolio withHighestOfNow() {
        return new Portfolio(eachSymbol(SymbolState::withHighestOfNow), recentTrades);
    }

    /** A stop-loss that was hit there is hit here too. */
    Portfolio withMaxLossOf(Portfolio present) {
        var changed = new LinkedHashMap<>(symbols);
        present.symbols.forEach((name, symbol) -> {
            if (symbol.maxLossReached()) {
                changed.computeIfPresent(name, (_, state) -> state.withMaxLoss());
            }
        });
        return new Portfolio(changed, recentTrades, highestTotal);
    }

    Portfolio withoutMaxLoss() {
        return new Portfolio(eachSymbol(SymbolState::withoutMaxLoss), recentTrades, highest());
    }

    private Map<String, SymbolState> eachSymbol(UnaryOperator<SymbolState> change) {
        var changed = new LinkedHashMap<String, SymbolState>();
        symbols.forEach((name, state) -> changed.put(name, change.apply(state)));
        return changed;
    }

    boolean maxLossReached() {
        return symbols.values().stream().anyMatch(SymbolState::maxLossReached);
    }

    /** The highest total value at one time. */
    public Amount highest() {
        return highestTotal == null ? sum(symbols, SymbolState::highestValue) : highestTotal;
    }

    /**
     * Raises the highest total value to the present one, if the symbols are all valued at the same bar: values of different times added up
     * can be a total that there never was.
     */
    public Portfolio withHighest() {
        return atOnePlace() ? withHighest(totalValue()) : this;
    }

    private boolean atOnePlace() {
        return symbols.size() <= 1
                || symbols.values().stream()
                                .mapToLong(SymbolState::feedPosition)
                                .distinct()
                                .count()
                        == 1;
    }

    /** With a highest total value that is not below the given one; one too large to be kept is passed over. */
    public Portfolio withHighest(Amount total) {
        return total.fits() && total.compareTo(highest()) > 0 ? new Portfolio(symbols, recentTrades, total) : this;
    }

    /** The fall of the total value from its highest at one time, 0.2 = 20 %: (highest - present) / highest. */
    public Amount drawdown() {
        var highest = highest();
        return highest.isPositive() ? highest.minus(totalValue()).dividedBy(highest) : Amount.ZERO;
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Amount totalValue() {
        return sum(symbols, SymbolState::totalValue);
    }

    /** Realised and unrealised, fees deducted. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public Amount totalProfit() {
        return sum(symbols, symbol -> symbol.realisedProfit().plus(symbol.unrealisedProfit()));
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public long trades() {
        return symbols.values().stream().mapToLong(SymbolState::trades).sum();
    }

    private static Amount sum(Map<String, SymbolState> symbols, Function<SymbolState, Amount> part) {
        var sum = Amount.ZERO;
        for (var symbol : symbols.values()) {
            sum = sum.plus(part.apply(symbol));
        }
        return sum;
    }
}
