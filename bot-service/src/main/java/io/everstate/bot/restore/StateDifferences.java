package io.everstate.bot.restore;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.SymbolState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between the holdings of two states of one bot. */
final class StateDifferences {
    private StateDifferences() {}

    /**
     * @param field as {@code symbols.BTC/USD.balance}
     * @param before null when it was not there
     * @param after null when it is not there any more
     */
    record Difference(
            String field, @Nullable String before, @Nullable String after) {}

    static List<Difference> between(BotState before, BotState after) {
        var old = fields(before);
        var changed = fields(after);
        var names = new TreeSet<>(old.keySet());
        names.addAll(changed.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(old.get(name), changed.get(name)))
                .map(name -> new Difference(name, old.get(name), changed.get(name)))
                .toList();
    }

    private static Map<String, String> fields(BotState state) {
        var fields = new TreeMap<String, String>();
        var portfolio = state.portfolio();
        fields.put("totalValue", portfolio.totalValue().toString());
        fields.put("totalProfit", portfolio.totalProfit().toString());
        fields.put("trades", Long.toString(portfolio.trades()));
        portfolio.symbols().forEach((name, symbol) -> putAll(fields, "symbols." + name + ".", symbol));
        return fields;
    }

    private static void putAll(Map<String, String> fields, String prefix, SymbolState symbol) {
        fields.put(prefix + "balance", symbol.balance().toString());
        fields.put(prefix + "position", symbol.position().toString());
        fields.put(prefix + "entryPrice", symbol.entryPrice().toString());
        fields.put(prefix + "currentPrice", symbol.currentPrice().toString());
        fields.put(prefix + "totalFees", symbol.totalFees().toString());
        fields.put(prefix + "realisedProfit", symbol.realisedProfit().toString());
        fields.put(prefix + "trades", Long.toString(symbol.trades()));
        fields.put(prefix + "maxLossReached", Boolean.toString(symbol.maxLossReached()));
        fields.put(prefix + "highestValue", symbol.highestValue().toString());
        fields.put(prefix + "feedPosition", Long.toString(symbol.feedPosition()));
        if (symbol.lastTradeAt() != null) {
            fields.put(prefix + "lastTradeAt", symbol.lastTradeAt().toString());
        }
    }
}
