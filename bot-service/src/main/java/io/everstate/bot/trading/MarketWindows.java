package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.bot.market.MarketFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The markets' bars for all bots of a replica: no bot keeps any. The bars that were asked for last are kept and shared, at most
 * {@value #MOST_BARS} (about 20 MB); others are read from their feed again. That is allowed because a number means the same bar for ever.
 * Safe for use by many threads.
 */
public final class MarketWindows {
    static final int MOST_BARS = 32_768;
    private static final int RUN = 64;
    private static final int RUNS = MOST_BARS / RUN;

    private final MarketFeed market;
    /** Each has one place that its symbol and number give; one that comes later takes it. */
    private final AtomicReferenceArray<@Nullable Run> runs = new AtomicReferenceArray<>(RUNS);

    public MarketWindows(MarketFeed market) {
        this.market = market;
    }

    /** 64 bars in a row, each read when it is first asked for. */
    private record Run(String symbol, long number, AtomicReferenceArray<@Nullable KnownBar> bars) {
        Run(String symbol, long number) {
            this(symbol, number, new AtomicReferenceArray<>(RUN));
        }

        boolean is(String wanted, long run) {
            return number == run && symbol.equals(wanted);
        }
    }

    public Set<String> symbols() {
        return market.symbols();
    }

    /**
     * @return empty after the feed's end
     * @throws IllegalArgumentException for a symbol that is not among {@link #symbols()} and for a negative number
     */
    public Optional<Bar> bar(String symbol, long number) {
        return known(symbol, number).map(KnownBar::bar);
    }

    /** What there is at a place. */
    public Look look(String symbol, long number) {
        if (market.isLive(symbol)) {
            return market.look(symbol, number);
        }
        return bar(symbol, number).<Look>map(Look.Present::new).orElseGet(() -> market.look(symbol, number));
    }

    /** The bars up to that one; empty while there were fewer, and after the feed's end. */
    public Optional<Window> window(String symbol, long number, int bars) {
        if (number + 1 < bars) {
            return Optional.empty();
        }
        List<KnownBar> window = new ArrayList<>(bars);
        for (var next = number - bars + 1; next <= number; next++) {
            known(symbol, next).ifPresent(window::add);
        }
        return window.size() == bars ? Optional.of(new Window(window)) : Optional.empty();
    }

    private Optional<KnownBar> known(String symbol, long number) {
        var bars = run(symbol, Math.floorDiv(number, RUN)).bars();
        var place = Math.floorMod(number, RUN);
        var known = bars.get(place);
        if (known != null) {
            return Optional.of(known);
        }
        var read = market.bar(symbol, number).map(KnownBar::new);
        read.ifPresent(bar -> bars.set(place, bar));
        return read;
    }

    private Run run(String symbol, long number) {
        var place = Math.floorMod(31L * number + symbol.hashCode() * 0x9E3779B9L, RUNS);
        var present = runs.get(place);
        if (present != null && present.is(symbol, number)) {
            return present;
        }
        var fresh = new Run(symbol, number);
        runs.set(place, fresh);
        return fresh;
    }
}
