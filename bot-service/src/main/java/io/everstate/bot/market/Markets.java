package io.everstate.bot.market;

import io.everstate.contracts.bot.Amount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Several feeds as one; no symbol is in two of them. */
public final class Markets implements MarketFeed {
    private final Map<String, MarketFeed> feeds = new TreeMap<>();

    /** @throws IllegalArgumentException when two feeds have the same symbol */
    Markets(List<MarketFeed> all) {
        for (var feed : all) {
            for (var symbol : feed.symbols()) {
                if (feeds.put(symbol, feed) != null) {
                    throw new IllegalArgumentException("there are two feeds for " + symbol);
                }
            }
        }
    }

    /** The recorded tape with the simulated markets beside it, and the files of klines. */
    public static MarketFeed of(MarketConfiguration configuration) {
        return of(configuration, List.of());
    }

    /** With other feeds beside them. */
    public static MarketFeed of(MarketConfiguration configuration, List<MarketFeed> others) {
        var tape = TapeFeed.bundled(configuration.barDuration(), configuration.repeat());
        var feeds = new ArrayList<MarketFeed>(List.of(tape));
        if (configuration.simulatedCross()) {
            feeds.add(new SimulatedCross(tape, TapeFeed.SYMBOL));
        }
        configuration
                .klines()
                .forEach((symbol, klines) ->
                        feeds.add(KlineFeed.of(symbol, klines.file(), klines.whenDefective(), configuration.repeat())));
        feeds.addAll(others);
        return new Markets(feeds);
    }

    @Override
    public Set<String> symbols() {
        return Collections.unmodifiableSet(feeds.keySet());
    }

    @Override
    public Optional<Bar> bar(String symbol, long number) {
        return feedOf(symbol).bar(symbol, number);
    }

    @Override
    public boolean isLive(String symbol) {
        return feedOf(symbol).isLive(symbol);
    }

    @Override
    public Look look(String symbol, long number) {
        return feedOf(symbol).look(symbol, number);
    }

    @Override
    public Optional<Amount> priceNow(String symbol, long position) {
        return feedOf(symbol).priceNow(symbol, position);
    }

    private MarketFeed feedOf(String symbol) {
        var feed = feeds.get(symbol);
        if (feed == null) {
            throw new IllegalArgumentException("there is no market \"" + symbol + "\", only " + symbols());
        }
        return feed;
    }
}
