package io.everstate.bot.market;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Builds the bars of a tape from its trades, the oldest first. Bars begin at multiples of their duration since 1970; a span without a trade
 * repeats the last close. Prices and volumes are whole numbers of 0.00000001.
 */
final class BarAggregation {
    private final long seconds;
    private long firstSpan;
    private int bars;
    private long[] opens = new long[1024];
    private long[] highs = new long[1024];
    private long[] lows = new long[1024];
    private long[] closes = new long[1024];
    private long[] volumes = new long[1024];

    /** @throws IllegalArgumentException unless the duration is whole seconds, from 1 second to 1 day */
    BarAggregation(Duration barDuration) {
        var wrong = barDuration.toNanosPart() != 0
                || barDuration.compareTo(Duration.ofSeconds(1)) < 0
                || barDuration.compareTo(Duration.ofDays(1)) > 0;
        if (wrong) {
            throw new IllegalArgumentException(
                    "a bar's duration is whole seconds, from PT1S to PT24H, not " + barDuration);
        }
        seconds = barDuration.toSeconds();
    }

    /** @throws IllegalArgumentException when the trade is older than one before it by a whole bar */
    void add(long epochSecond, long price, long quantity) {
        var span = Math.floorDiv(epochSecond, seconds);
        if (bars == 0) {
            firstSpan = span;
            open(price);
        }
        var index = Math.toIntExact(span - firstSpan);
        if (index < bars - 1) {
            throw new IllegalArgumentException("a trade is older than the one before it");
        }
        while (bars < index) {
            open(closes[bars - 1]);
        }
        if (bars == index) {
            open(price);
        }
        highs[index] = Math.max(highs[index], price);
        lows[index] = Math.min(lows[index], price);
        closes[index] = price;
        volumes[index] = Math.addExact(volumes[index], quantity);
    }

    private void open(long price) {
        if (bars == closes.length) {
            resize(bars * 2);
        }
        opens[bars] = price;
        highs[bars] = price;
        lows[bars] = price;
        closes[bars] = price;
        bars++;
    }

    private void resize(int length) {
        opens = Arrays.copyOf(opens, length);
        highs = Arrays.copyOf(highs, length);
        lows = Arrays.copyOf(lows, length);
        closes = Arrays.copyOf(closes, length);
        volumes = Arrays.copyOf(volumes, length);
    }

    /** The bars so far, without spare room; nothing may be added afterwards. */
    BarTable table() {
        resize(bars);
        var begin = Instant.ofEpochSecond(Math.multiplyExact(firstSpan, seconds));
        return new BarTable(begin, Duration.ofSeconds(seconds), opens, highs, lows, closes, volumes);
    }
}
