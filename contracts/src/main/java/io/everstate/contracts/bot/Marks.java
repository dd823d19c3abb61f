package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bot had seen of its markets when it did something, as far as the log did not know it yet. It is part of that event, so that a crash
 * behind it forgets nothing of what came before it: neither how high a value was nor how far a market had been looked at.
 *
 * @param symbols those of which something new was seen
 * @param highestTotal the highest total value at one time; null when there is nothing new about it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Marks(Map<String, Mark> symbols, @Nullable Amount highestTotal) {

    /**
     * @param price the newest
     * @param feedPosition number of the newest bar that was decided at
     * @param highestValue as in {@link SymbolState}
     */
    public record Mark(Amount price, long feedPosition, Amount highestValue) {
        public Mark {
            requireNonNull(price, "price");
            requireNonNull(highestValue, "highestValue");
        }

        private SymbolState appliedTo(SymbolState symbol) {
            return feedPosition < symbol.feedPosition()
                    ? symbol
                    : symbol.marked(price, feedPosition).withHighest(highestValue);
        }
    }

    public Marks {
        symbols = symbols == null ? Map.of() : symbols;
        symbols.forEach((name, mark) -> requireNonNull(mark, name));
        symbols = Collections.unmodifiableMap(new LinkedHashMap<>(symbols));
    }

    /**
     * Null when there is nothing new. Of a symbol that is traded by the event itself only a new highest value is: its price and its place
     * follow from the trade.
     */
    static @Nullable Marks seen(BotState folded, BotState newest, List<Fill> traded) {
        var before = folded.portfolio();
        var symbols = new LinkedHashMap<String, Mark>();
        newest.portfolio().symbols().forEach((name, symbol) -> {
            var known = before.symbols().get(name);
            var own = traded.stream().anyMatch(fill -> fill.symbol().equals(name));
            if (known != null
                    && (own ? symbol.highestValue().compareTo(known.highestValue()) > 0 : !symbol.equals(known))) {
                symbols.put(name, new Mark(symbol.currentPrice(), symbol.feedPosition(), symbol.highestValue()));
            }
        });
        var marked = new Marks(symbols, null);
        var total = newest.portfolio().highest();
        if (total.fits() && total.compareTo(marked.appliedTo(before).highest()) > 0) {
            return new Marks(symbols, total);
        }
        return symbols.isEmpty() ? null : marked;
    }

    /** What is older than what the portfolio knows changes nothing, nor does a symbol that it does not hold. */
    Portfolio appliedTo(Portfolio portfolio) {
        var marked = portfolio;
        for (var mark : symbols.entrySet()) {
            marked = marked.withSymbol(mark.getKey(), symbol -> mark.getValue().appliedTo(symbol));
        }
        return highestTotal == null ? marked : marked.withHighest(highestTotal);
    }
}
