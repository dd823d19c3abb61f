package io.everstate.bot.market;

import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** The bars of a tape as columns: 40 bytes a bar, where a record of amounts takes 600. */
final class BarTable {
    private static final int PLACES = 8;

    private final Instant begin;
    private final Duration barDuration;
    private final long[] opens;
    private final long[] highs;
    private final long[] lows;
    private final long[] closes;
    private final long[] volumes;

    /** Takes the arrays over. */
    BarTable(
            Instant begin,
            Duration barDuration,
            long[] opens,
            long[] highs,
            long[] lows,
            long[] closes,
            long[] volumes) {
        this.begin = begin;
        this.barDuration = barDuration;
        this.opens = opens;
        this.highs = highs;
        this.lows = lows;
        this.closes = closes;
        this.volumes = volumes;
    }

    int bars() {
        return closes.length;
    }

    /** The bar of that number when the tape is repeated without end; times go on. */
    Bar bar(long number) {
        var index = (int) (number % bars());
        return new Bar(
                number,
                timeOf(number + 1),
                amount(opens[index]),
                amount(highs[index]),
                amount(lows[index]),
                amount(closes[index]),
                amount(volumes[index]));
    }

    /** Not by multiplying the duration, which calculates in big decimals. */
    private Instant timeOf(long bars) {
        return begin.plusSeconds(barDuration.getSeconds() * bars).plusNanos(barDuration.getNano() * bars);
    }

    private static Amount amount(long units) {
        return Amount.of(BigDecimal.valueOf(units, PLACES));
    }
}
