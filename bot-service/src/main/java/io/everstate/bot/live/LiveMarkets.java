package io.everstate.bot.live;

import io.everstate.bot.live.LiveFeed.Patience;
import io.everstate.bot.market.MarketConfiguration;
import io.everstate.bot.market.MarketFeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The live markets that are configured, connected while the process lives. */
@Singleton
public class LiveMarkets {
    private final Optional<LiveFeed> feed;

    LiveMarkets(LiveConfiguration configuration, MarketConfiguration bars, MeterRegistry registry, Clock clock) {
        this.feed =
                configuration.markets().isEmpty() ? Optional.empty() : Optional.of(feed(configuration, bars, clock));
        feed.ifPresent(live -> {
            Gauge.builder("everstate.market.live.connected", live, present -> present.connected() ? 1 : 0)
                    .description("whether live markets are heard; while they are not, nothing is decided by them")
                    .register(registry);
            live.start();
        });
    }

    private static LiveFeed feed(LiveConfiguration configuration, MarketConfiguration bars, Clock clock) {
        return new LiveFeed(
                configuration.markets().keySet(),
                new LiveFeed.Bars(bars.barDuration(), configuration.bars()),
                new BinanceTradeStream(configuration.websocket().orElse(BinanceTradeStream.BINANCE)),
                new Patience(configuration.staleAfter(), configuration.retryBase(), configuration.retryMax()),
                clock);
    }

    public List<MarketFeed> feeds() {
        return feed.<MarketFeed>map(live -> live).stream().toList();
    }

    /** A word about the connection; empty without live markets. */
    Optional<String> state() {
        return feed.map(LiveFeed::state);
    }

    @PreDestroy
    void close() {
        feed.ifPresent(LiveFeed::close);
    }
}
