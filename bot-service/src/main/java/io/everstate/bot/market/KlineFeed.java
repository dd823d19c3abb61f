package io.everstate.bot.market;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** One market's klines from a file. Repeated, they start again after their end with numbers and times going on. */
public final class KlineFeed implements MarketFeed {
    private static final Logger LOG = Logger.getLogger(KlineFeed.class);

    private final String symbol;
    private final BarTable table;
    private final boolean repeat;

    private KlineFeed(String symbol, BarTable table, boolean repeat) {
        this.symbol = symbol;
        this.table = table;
        this.repeat = repeat;
    }

    /** What to do about a file in which bars are missing, or lines are broken or out of order. */
    public enum WhenDefective {
        /** The start fails and says what is wrong, line by line. */
        REFUSE,
        /** The lines are left out, missing bars repeat the last close without a trade, and the log says what is wrong. */
        FILL
    }

    /** @throws IllegalArgumentException when the file is no file of klines, or has defects that are refused */
    static KlineFeed of(String symbol, Path file, WhenDefective whenDefective, boolean repeat) {
        try {
            var klines = KlineReader.read(file);
            if (!klines.defects().none()) {
                judge(symbol, file, whenDefective, klines.defects().report());
            }
            LOG.infof("%s: %d bars of %s from %s", symbol, klines.table().bars(), klines.barDuration(), file);
            return new KlineFeed(symbol, klines.table(), repeat);
        } catch (IOException e) {
            throw new UncheckedIOException("the klines of " + symbol + " cannot be read from " + file, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the klines of " + symbol + " in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void judge(String symbol, Path file, WhenDefective whenDefective, String report) {
        if (whenDefective == WhenDefective.REFUSE) {
            throw new IllegalArgumentException(
                    "%s\neverstate.market.klines.\"%s\".when-defective=FILL uses them all the same"
                            .formatted(report, symbol));
        }
        LOG.warnf("the klines of %s in %s are filled up: %s", symbol, file, report);
    }

    @Override
    public Set<String> symbols() {
        return Set.of(symbol);
    }

    @Override
    public Optional<Bar> bar(String wanted, long number) {
        if (!wanted.equals(symbol)) {
            throw new IllegalArgumentException("there is no market \"" + wanted + "\", only " + symbol);
        }
        if (number < 0) {
            throw new IllegalArgumentException("bars are numbered from 0; there is no bar " + number);
        }
        return repeat || number < table.bars() ? Optional.of(table.bar(number)) : Optional.empty();
    }
}
