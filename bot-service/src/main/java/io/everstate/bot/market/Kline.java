package io.everstate.bot.market;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * One line of a file of klines; prices and volume are whole numbers of 0.00000001.
 *
 * @param opensAt epoch second
 */
record Kline(long opensAt, long open, long high, long low, long close, long volume) {
    /** {@code timestamp,open,high,low,close,volume}; the time is ISO-8601. */
    static final int COLUMNS = 6;
    /** Binance's dump: open time, open, high, low, close, volume, close time, and five columns that are not used here. */
    static final int DUMP_COLUMNS = 12;

    private static final int MILLISECOND_DIGITS = 13;
    private static final int MICROSECOND_DIGITS = 16;
    private static final long MILLIS = 1_000;
    private static final long MICROS = 1_000_000;

    /**
     * @throws IllegalArgumentException says what is wrong with the line
     * @throws ArithmeticException for a number that is too large
     */
    static Kline parse(String line, int columns) {
        var commas = commas(line, columns);
        var kline = new Kline(
                time(line.substring(0, commas[0])),
                DecimalUnits.of(line, commas[0] + 1, commas[1]),
                DecimalUnits.of(line, commas[1] + 1, commas[2]),
                DecimalUnits.of(line, commas[2] + 1, commas[3]),
                DecimalUnits.of(line, commas[3] + 1, commas[4]),
                DecimalUnits.of(line, commas[4] + 1, commas[5]));
        kline.requirePossible();
        return kline;
    }

    /** Where the first six columns end. */
    private static int[] commas(String line, int columns) {
        var ends = new int[columns];
        var found = 0;
        for (var i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ',') {
                if (found == columns - 1) {
                    throw new IllegalArgumentException("it has more than " + columns + " columns");
                }
                ends[found++] = i;
            }
        }
        if (found != columns - 1) {
            throw new IllegalArgumentException("it has " + (found + 1) + " columns, not " + columns);
        }
        ends[found] = line.length();
        return ends;
    }

    private static long time(String text) {
        try {
            if (!text.isEmpty() && text.chars().allMatch(character -> character >= '0' && character <= '9')) {
                return epochSecond(text);
            }
            var instant = Instant.parse(text);
            if (instant.getNano() != 0) {
                throw new IllegalArgumentException("its time " + text + " is not a whole second");
            }
            return instant.getEpochSecond();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time", e);
        }
    }

    private static long epochSecond(String digits) {
        var unit = switch (digits.length()) {
            case MILLISECOND_DIGITS -> MILLIS;
            case MICROSECOND_DIGITS -> MICROS;
            default ->
                throw new IllegalArgumentException(
                        "\"" + digits + "\" is not a time in milliseconds or microseconds since 1970");
        };
        var time = Long.parseLong(digits);
        if (time % unit != 0) {
            throw new IllegalArgumentException("its time " + digits + " is not a whole second");
        }
        return time / unit;
    }

    private void requirePossible() {
        if (low <= 0) {
            throw new IllegalArgumentException("a price is not above 0");
        }
        if (high < Math.max(open, close) || low > Math.min(open, close)) {
            throw new IllegalArgumentException("open or close is not between low and high");
        }
    }
}
