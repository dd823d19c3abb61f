package io.everstate.bot.market;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * Reads trades from lines of {@code epoch second,price,quantity} under a header.
 */
final class TapeReader {
    private static final String HEADER = "timestamp,price,amount";

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
        var price = DecimalUnits.of(line, first + 1, second);
        if (price == 0) {
            throw new IllegalArgumentException("the price is 0");
        }
        bars.add(Long.parseLong(line, 0, first, 10), price, DecimalUnits.of(line, second + 1, line.length()));
    }
}
