package io.everstate.bot.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The replayed tape: 100,000 trades of BTC/USD at Bitstamp from 2013-11-25 to 2013-12-01, which ta4j-examples carries. Repeated, it starts
 * again after its end with numbers and times going on; the first bar of each round opens where the first one did, so there is a jump.
 */
public final class TapeFeed implements MarketFeed {
    public static final String SYMBOL = "BTC/USD";
    private static final String RESOURCE = "bitstamp_trades_from_20131125_usd.csv";
    private static final int BUFFER = 64 * 1024;

    private final BarTable table;
    private final boolean repeat;

    TapeFeed(BarTable table, boolean repeat) {
        this.table = table;
        this.repeat = repeat;
    }

    /**
     * Reads the whole tape; it takes a fraction of a second, and 40 bytes a bar afterwards.
     *
     * @param barDuration whole seconds, 1 second to 1 day
     * @param repeat whether the tape starts again after its end
     * @throws IllegalArgumentException for another duration
     * @throws IllegalStateException when the tape is not on the class path
     */
    public static TapeFeed bundled(Duration barDuration, boolean repeat) {
        var bars = new BarAggregation(barDuration);
        try (var resource = TapeFeed.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(
                        "the recorded tape " + RESOURCE + " of ta4j-examples is not on the class path");
            }
            var lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII), BUFFER);
            return new TapeFeed(TapeReader.read(lines, bars), repeat);
        } catch (IOException e) {
            throw new UncheckedIOException("the recorded tape " + RESOURCE + " cannot be read", e);
        }
    }

    /** Bars of one round. */
    public int length() {
        return table.bars();
    }

    @Override
    public Set<String> symbols() {
        return Set.of(SYMBOL);
    }

    @Override
    public Optional<Bar> bar(String symbol, long number) {
        if (!symbol.equals(SYMBOL)) {
            throw new IllegalArgumentException("there is no market \"" + symbol + "\", only " + symbols());
        }
        if (number < 0) {
            throw new IllegalArgumentException("bars are numbered from 0; there is no bar " + number);
        }
        return repeat || number < table.bars() ? Optional.of(table.bar(number)) : Optional.empty();
    }
}
