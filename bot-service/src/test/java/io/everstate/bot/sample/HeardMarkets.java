package io.everstate.bot.sample;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.bot.market.MarketFeed;
import io.everstate.contracts.bot.Amount;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Markets that are heard as they happen: a bar is there once the test closes it. */
public final class HeardMarkets implements MarketFeed {
    private final Map<String, TreeMap<Long, Bar>> closed = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();

    public HeardMarkets(String... symbols) {
        List.of(symbols).forEach(symbol -> closed.put(symbol, new TreeMap<>()));
    }

    public void close(String symbol, long number, String price) {
        bars(symbol).put(number, Series.bar(number, Amount.of(price)));
    }

    public void end(String symbol) {
        ended.add(symbol);
    }

    private NavigableMap<Long, Bar> bars(String symbol) {
        var bars = closed.get(symbol);
        if (bars == null) {
            throw new IllegalArgumentException("there is no market " + symbol);
        }
        return bars;
    }

    @Override
    public Set<String> symbols() {
        return closed.keySet();
    }

    @Override
    public boolean isLive(String symbol) {
        return true;
    }

    @Override
    public Optional<Bar> bar(String symbol, long number) {
        return Optional.ofNullable(bars(symbol).get(number));
    }

    @Override
    public Look look(String symbol, long number) {
        var bars = bars(symbol);
        if (ended.contains(symbol)) {
            return new Look.Ended();
        }
        if (bars.isEmpty() || number > bars.lastKey()) {
            return new Look.NotYet();
        }
        return bar(symbol, number).<Look>map(Look.Present::new).orElseGet(() -> new Look.Gone(bars.lastKey()));
    }
}
