package io.everstate.bot.market;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * Reads trades from lines of {@code epoch second,price,quantity} under a header. Numbers become whole numbers of 0.00000001 without a
 * detour over text or floating point: the whole tape is read while a service starts.
 */
final class TapeReader {
    private static final String HEADER = "timestamp,price,amount";
    private static final int PLACES = 8;

    private TapeReader() {}

    /** @throws IllegalArgumentException naming the line that is no trade, or saying that there is none */
    static BarTable read(BufferedReader lines, BarAggregation bars) throws IOException {
        if (!HEADER.equals(lines.readLine())) {
            throw new IllegalArgumentException("the tape does not begin with the line \"" + HEADER + "\"");
        }
        var number = 2;
        for (var line = lines.readLine(); line != null; line = lines.readLine(), number++) {
            try {
                addTrade(line, bars);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException("line " + number + " of the tape: " + e.getMessage(), e);
            }
        }
        if (number == 2) {
            throw new IllegalArgumentException("the tape has no trades");
        }
        return bars.table();
    }

    private static void addTrade(String line, BarAggregation bars) {
        var first = line.indexOf(',');
        var second = line.indexOf(',', first + 1);
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException("\"" + line + "\" is not a time, a price and a quantity");
        }
        var price = units(line, first + 1, second);
        if (price == 0) {
            throw new IllegalArgumentException("the price is 0");
        }
        bars.add(Long.parseLong(line, 0, first, 10), price, units(line, second + 1, line.length()));
    }

    /** Reads digits with at most one point; more than 8 places must be zeros. */
    private static long units(String line, int from, int to) {
        var units = 0L;
        var places = -1;
        for (var i = from; i < to; i++) {
            var character = line.charAt(i);
            if (character == '.' && places < 0) {
                places = 0;
                continue;
            }
            var digit = character - '0';
            if (digit < 0 || digit > 9 || (places == PLACES && digit > 0)) {
                throw notAnAmount(line, from, to);
            }
            if (places < PLACES) {
                units = Math.addExact(Math.multiplyExact(units, 10), digit);
                places = places < 0 ? places : places + 1;
            }
        }
        if (from == to) {
            throw notAnAmount(line, from, to);
        }
        for (var place = Math.max(places, 0); place < PLACES; place++) {
            units = Math.multiplyExact(units, 10);
        }
        return units;
    }

    private static IllegalArgumentException notAnAmount(String line, int from, int to) {
        return new IllegalArgumentException(
                "\"" + line.substring(from, to) + "\" is not a decimal number with at most " + PLACES + " places");
    }
}
