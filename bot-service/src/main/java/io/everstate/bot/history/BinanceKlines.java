package io.everstate.bot.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Binance's rows in a row, and the bars that they make. Not thread-safe. */
final class BinanceKlines {
    private final BinanceInterval interval;
    private final long from;
    private final long end;
    private final List<BinanceKline> klines = new ArrayList<>();

    /**
     * @param from in milliseconds since 1970, as {@code end}
     * @param end the rows are over by then
     */
    BinanceKlines(BinanceInterval interval, long from, long end) {
        this.interval = interval;
        this.from = from;
        this.end = end;
    }

    /** Where the next row has to begin. */
    long next() {
        return klines.isEmpty() ? from : klines.getLast().endsAt();
    }

    /**
     * Takes an answer, all of it or nothing. Rows can be missing in it: whether there were any is not to be known here.
     *
     * @return how many rows it had
     * @throws BarHistoryException when it is none, or is in disorder
     */
    int add(JsonNode answer) {
        if (!answer.isArray()) {
            throw BarHistoryException.refused("the answer is no list of klines");
        }
        var read = new ArrayList<BinanceKline>();
        var expected = klines.isEmpty() ? -1 : next();
        for (var row : answer) {
            var kline = read(row, read.size());
            if (kline.opensAt() < expected) {
                throw refused(read.size(), "begins at %d, before %d".formatted(kline.opensAt(), expected));
            }
            if (kline.opensAt() < from || kline.endsAt() > end) {
                throw refused(read.size(), "was not asked for");
            }
            expected = kline.endsAt();
            read.add(kline);
        }
        klines.addAll(read);
        return read.size();
    }

    private BinanceKline read(JsonNode row, int number) {
        try {
            return BinanceKline.of(row, interval);
        } catch (IllegalArgumentException e) {
            throw refused(number, String.valueOf(e.getMessage()));
        }
    }

    private static BarHistoryException refused(int row, String sentence) {
        return BarHistoryException.refused("kline " + row + " of the answer " + sentence);
    }

    /** Whether there is one that was not over yet at that time; it and what is behind it is left out then. */
    boolean cutAt(Instant now) {
        return klines.removeIf(kline -> kline.endsAt() > now.toEpochMilli());
    }

    /** Those that are there as a whole. */
    List<Bar> bars(long span) {
        var whole = Math.toIntExact(span / interval.millis());
        var byNumber = klines.stream()
                .collect(Collectors.groupingBy(
                        kline -> kline.opensAt() / span, LinkedHashMap::new, Collectors.toUnmodifiableList()));
        return byNumber.values().stream()
                .filter(rows -> rows.size() == whole)
                .map(rows -> bar(rows, span))
                .toList();
    }

    /** Rows without a trade repeat an older price: they say nothing about the others' highest and lowest. */
    private static Bar bar(List<BinanceKline> rows, long span) {
        var traded = rows.stream().filter(BinanceKline::traded).toList();
        var shown = traded.isEmpty() ? List.of(rows.getLast()) : traded;
        var high = shown.getFirst().high();
        var low = shown.getFirst().low();
        var volume = Amount.ZERO;
        for (var row : shown) {
            high = high.max(row.high());
            low = low.compareTo(row.low()) <= 0 ? low : row.low();
            volume = volume.plus(row.volume());
        }
        var end = Instant.ofEpochMilli(rows.getLast().endsAt());
        var number = rows.getFirst().opensAt() / span;
        return new Bar(
                number, end, shown.getFirst().open(), high, low, shown.getLast().close(), volume);
    }
}
