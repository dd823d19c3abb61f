package io.everstate.bot.sample;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.TapeFeed;
import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Bars for tests. */
public final class Series {
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    private Series() {}

    /** The whole real tape. */
    public static List<Bar> tape() {
        var market = TapeFeed.bundled(Duration.ofMinutes(1), false);
        return LongStream.range(0, market.length())
                .mapToObj(number -> market.bar(TapeFeed.SYMBOL, number).orElseThrow())
                .toList();
    }

    /** A random walk that stands still at times, as quiet markets do. */
    public static List<Bar> randomWalk(Random random, int bars) {
        var cents = new long[bars];
        cents[0] = 1 + random.nextLong(10_000_000);
        for (var i = 1; i < bars; i++) {
            var step = random.nextInt(3) == 0 ? 0 : random.nextLong(-200, 201);
            cents[i] = Math.max(1, cents[i - 1] + step);
        }
        return IntStream.range(0, bars)
                .mapToObj(i -> bar(i, Amount.of(BigDecimal.valueOf(cents[i], 2))))
                .toList();
    }

    public static Stream<Bar> flat(String price, int bars) {
        return IntStream.range(0, bars).mapToObj(i -> bar(i, Amount.of(price)));
    }

    public static Stream<Bar> closes(String... prices) {
        return IntStream.range(0, prices.length).mapToObj(i -> bar(i, Amount.of(prices[i])));
    }

    public static Bar bar(long number, Amount price) {
        var at = BEGIN.plusSeconds(60 * (number + 1));
        return new Bar(number, at, price, price, price, price, Amount.ZERO);
    }
}
