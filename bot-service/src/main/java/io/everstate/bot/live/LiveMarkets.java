package io.everstate.bot.live;

import io.everstate.bot.history.BarHistory;
import io.everstate.bot.history.BinanceHistory;
import io.everstate.bot.market.MarketConfiguration;
import io.everstate.bot.market.MarketFeed;
import io.everstate.contracts.wire.JsonFormat;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The live markets that are configured, connected while the process lives. */
@Singleton
public class LiveMarkets {
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(1);

    private final Optional<BinanceHistory> history;
    private final Optional<LiveFeed> feed;

    LiveMarkets(
            LiveConfiguration configuration,
            MarketConfiguration bars,
            JsonFormat json,
            MeterRegistry registry,
            Clock clock) {
        if (configuration.markets().isEmpty()) {
            history = Optional.empty();
            feed = Optional.empty();
            return;
        }
        history = rest(configuration)
                .map(address -> new BinanceHistory(address, bars.barDuration(), configuration.restTimeout(), json));
        var live = feed(configuration, bars.barDuration(), history.map(BarHistory.class::cast), clock);
        feed = Optional.of(live);
        measure(live, registry);
        live.start();
    }

    /** Where bars are looked up. An exchange that is not Binance's own is not mixed with Binance's record. */
    static Optional<URI> rest(LiveConfiguration configuration) {
        return configuration
                .rest()
                .or(() ->
                        configuration.websocket().isPresent() ? Optional.empty() : Optional.of(BinanceHistory.BINANCE));
    }

    private static LiveFeed feed(
            LiveConfiguration configuration, Duration span, Optional<BarHistory> history, Clock clock) {
        var markets = new TreeMap<String, LiveBars>();
        configuration
                .markets()
                .keySet()
                .forEach(symbol -> markets.put(
                        symbol, new LiveBars(span, configuration.bars(), silentAfter(configuration, symbol))));
        return new LiveFeed(
                markets,
                new LiveFeed.Exchange(
                        new BinanceTradeStream(configuration.websocket().orElse(BinanceTradeStream.BINANCE)), history),
                new Patience(configuration.staleAfter(), configuration.retryBase(), configuration.retryMax()),
                clock);
    }

    private static Duration silentAfter(LiveConfiguration configuration, String symbol) {
        var silentAfter = configuration.silentAfterIn().getOrDefault(symbol, configuration.silentAfter());
        if (silentAfter.compareTo(SHORTEST_SILENCE) < 0) {
            throw new IllegalArgumentException("everstate.live.silent-after of %s must be at least %s, not %s"
                    .formatted(symbol, SHORTEST_SILENCE, silentAfter));
        }
        return silentAfter;
    }

    private static void measure(LiveFeed live, MeterRegistry registry) {
        Gauge.builder("everstate.market.live.connected", live, present -> present.connected() ? 1 : 0)
                .description("whether live markets are heard; while they are not, nothing is decided by them")
                .register(registry);
        live.symbols()
                .forEach(symbol -> Gauge.builder(
                                "everstate.market.live.silence",
                                live,
                                present -> present.silence(symbol).toSeconds())
                        .tag("market", symbol)
                        .baseUnit("seconds")
                        .description(
                                "how long a market has been silent while nothing is decided by it for that; else 0")
                        .register(registry));
        FunctionCounter.builder("everstate.market.live.unheard", live, LiveFeed::unheard)
                .description("how often the exchange had trades that the connection did not tell of")
                .register(registry);
        for (var reason : DroppedTrades.Reason.values()) {
            FunctionCounter.builder("everstate.market.live.dropped", live, feed -> feed.dropped(reason))
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .baseUnit("trades")
                    .description("trades that were told and could not be used")
                    .register(registry);
        }
        FunctionCounter.builder("everstate.market.live.looked.up", live, LiveFeed::lookedUp)
                .baseUnit("bars")
                .description("bars of the exchange's record")
                .register(registry);
    }

    public List<MarketFeed> feeds() {
        return feed.<MarketFeed>map(live -> live).stream().toList();
    }

    /** A word about the connection; empty without live markets. */
    Optional<String> state() {
        return feed.map(LiveFeed::state);
    }

    /** A word about each market whose bars are not all known. */
    Map<String, String> doubts() {
        return feed.map(LiveFeed::doubts).orElse(Map.of());
    }

    /** Whether bars that were not heard are looked up. */
    boolean looksUp() {
        return history.isPresent();
    }

    @PreDestroy
    void close() {
        feed.ifPresent(LiveFeed::close);
        history.ifPresent(BinanceHistory::close);
    }
}
