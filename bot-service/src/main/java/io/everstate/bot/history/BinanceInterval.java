package io.everstate.bot.history;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** A span of which Binance has klines. */
record BinanceInterval(String name, Duration span) {
    private static final List<BinanceInterval> ALL = List.of(
            new BinanceInterval("1s", Duration.ofSeconds(1)),
            new BinanceInterval("1m", Duration.ofMinutes(1)),
            new BinanceInterval("3m", Duration.ofMinutes(3)),
            new BinanceInterval("5m", Duration.ofMinutes(5)),
            new BinanceInterval("15m", Duration.ofMinutes(15)),
            new BinanceInterval("30m", Duration.ofMinutes(30)),
            new BinanceInterval("1h", Duration.ofHours(1)),
            new BinanceInterval("2h", Duration.ofHours(2)),
            new BinanceInterval("4h", Duration.ofHours(4)),
            new BinanceInterval("6h", Duration.ofHours(6)),
            new BinanceInterval("8h", Duration.ofHours(8)),
            new BinanceInterval("12h", Duration.ofHours(12)),
            new BinanceInterval("1d", Duration.ofDays(1)));

    /** The longest of which bars of that span can be put together; the span is whole seconds. */
    static BinanceInterval dividing(Duration span) {
        return ALL.stream()
                .filter(interval -> span.toMillis() % interval.millis() == 0)
                .max(Comparator.comparing(BinanceInterval::span))
                .orElseThrow(() -> new IllegalArgumentException("a bar's span is whole seconds, not " + span));
    }

    long millis() {
        return span.toMillis();
    }
}
