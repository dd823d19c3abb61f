package io.everstate.bot.market;

import io.everstate.bot.market.KlineDefects.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Klines as columns that grow: 56 bytes a line while a file is read. Not thread-safe. */
final class KlineColumns {
    private static final int FIRST = 4096;
    /** Nine years of minutes, 200 MB. */
    private static final long MOST_BARS = 5_000_000;

    private static final int OPENS_AT = 0;
    private static final int OPEN = 1;
    private static final int HIGH = 2;
    private static final int LOW = 3;
    private static final int CLOSE = 4;
    private static final int VOLUME = 5;
    private static final int LINE = 6;
    private static final int COLUMNS = 7;

    private final long[][] columns = new long[COLUMNS][FIRST];
    private int size;

    int size() {
        return size;
    }

    /** Behind the ones before. */
    void add(Kline kline, long line) {
        if (size == columns[0].length) {
            for (var column = 0; column < COLUMNS; column++) {
                columns[column] = Arrays.copyOf(columns[column], size * 2);
            }
        }
        columns[OPENS_AT][size] = kline.opensAt();
        columns[OPEN][size] = kline.open();
        columns[HIGH][size] = kline.high();
        columns[LOW][size] = kline.low();
        columns[CLOSE][size] = kline.close();
        columns[VOLUME][size] = kline.volume();
        columns[LINE][size] = line;
        size++;
    }

    /** In seconds; of two that are as frequent the shorter one. A single line at a wrong time must not decide how long bars last. */
    long mostFrequentStep() {
        var counts = new TreeMap<Long, Integer>();
        for (var row = 1; row < size; row++) {
            counts.merge(columns[OPENS_AT][row] - columns[OPENS_AT][row - 1], 1, Integer::sum);
        }
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    /** A bar for each span from the first line to the last. */
    BarTable table(long seconds, KlineDefects defects) {
        var begin = columns[OPENS_AT][0];
        var spans = spans((columns[OPENS_AT][size - 1] - begin) / seconds + 1);
        var bars = new long[VOLUME][spans];
        var next = 0;
        for (var row = 0; row < size; row++) {
            var behind = columns[OPENS_AT][row] - begin;
            if (behind % seconds == 0) {
                var span = Math.toIntExact(behind / seconds);
                fill(bars, next, span);
                noteGap(row, span - next, defects);
                copy(row, bars, span);
                next = span + 1;
            } else {
                defects.add(
                        Kind.DISORDER,
                        columns[LINE][row],
                        1,
                        at(row) + " is not a whole number of bars behind the first");
            }
        }
        fill(bars, next, spans);
        return new BarTable(
                Instant.ofEpochSecond(begin), Duration.ofSeconds(seconds), bars[0], bars[1], bars[2], bars[3], bars[4]);
    }

    /** A time far off would take all memory for the bars that are missing before it. */
    private int spans(long count) {
        if (count > MOST_BARS) {
            throw new IllegalArgumentException(
                    "from %s to %s are %d bars, more than %d: look at the times of the first and last lines"
                            .formatted(at(0), at(size - 1), count, MOST_BARS));
        }
        return Math.toIntExact(count);
    }

    private void noteGap(int row, int missing, KlineDefects defects) {
        if (missing > 0) {
            var sentence = (missing == 1 ? "a bar is" : missing + " bars are") + " missing before " + at(row);
            defects.add(Kind.GAP, columns[LINE][row], missing, sentence);
        }
    }

    private Instant at(int row) {
        return Instant.ofEpochSecond(columns[OPENS_AT][row]);
    }

    private void copy(int row, long[][] bars, int span) {
        for (var column = OPEN; column <= VOLUME; column++) {
            bars[column - OPEN][span] = columns[column][row];
        }
    }

    /** As if nothing had been traded; the first span always has a line. */
    private static void fill(long[][] bars, int from, int to) {
        for (var span = from; span < to; span++) {
            var close = bars[CLOSE - OPEN][from - 1];
            bars[OPEN - OPEN][span] = close;
            bars[HIGH - OPEN][span] = close;
            bars[LOW - OPEN][span] = close;
            bars[CLOSE - OPEN][span] = close;
        }
    }
}
