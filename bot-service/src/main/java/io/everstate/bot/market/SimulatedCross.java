package io.everstate.bot.market;

import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;

/**
 * Two markets of a coin that does not exist, beside the tape: SIM/BTC and SIM/USD, so that there is a triangle to trade. A simulation, and
 * no claim about any market. Their prices follow from the bar's number and the tape, by whole numbers alone:
 *
 * <pre>
 * SIM/BTC = 0.01 x (1 + swing)                swing: smooth noise around 0, never beyond 4.2 %
 * SIM/USD = BTC/USD x SIM/BTC x (1 + gap)     gap: within 0.05 %, and at about every 40th bar 0.4 to 1 %, up or down
 * </pre>
 *
 * A bar opens where the one before closed, and is as long as the tape goes on.
 */
final class SimulatedCross implements MarketFeed {
    static final String CROSS = "SIM/BTC";
    static final String INDIRECT = "SIM/USD";

    private static final int PLACES = 8;
    private static final long MIDDLE = 1_000_000;
    /** Shares are counted in millionths. */
    private static final long WHOLE = 1_000_000;

    private static final long QUIET = 500;
    private static final long LEAST_GAP = 4_000;
    private static final long MORE_GAP = 6_000;
    private static final long BARS_A_GAP = 40;

    private final MarketFeed tape;
    private final String direct;

    /** @param direct the tape's market BTC/USD */
    SimulatedCross(MarketFeed tape, String direct) {
        this.tape = tape;
        this.direct = direct;
    }

    @Override
    public Set<String> symbols() {
        return Set.of(CROSS, INDIRECT);
    }

    @Override
    public Optional<Bar> bar(String symbol, long number) {
        if (!symbols().contains(symbol)) {
            throw new IllegalArgumentException("there is no market \"" + symbol + "\", only " + symbols());
        }
        return tape.bar(direct, number).map(bar -> beside(symbol, bar));
    }

    private Bar beside(String symbol, Bar bar) {
        var number = bar.number();
        var close = price(symbol, bar);
        var open = number == 0
                ? close
                : tape.bar(direct, number - 1)
                        .map(before -> price(symbol, before))
                        .orElse(close);
        var low = open.compareTo(close) < 0 ? open : close;
        return new Bar(number, bar.at(), open, open.max(close), low, close, volume(number));
    }

    private static Amount price(String symbol, Bar bar) {
        var cross = BigDecimal.valueOf(MIDDLE + MIDDLE * swing(bar.number()) / WHOLE, PLACES);
        if (symbol.equals(CROSS)) {
            return Amount.of(cross);
        }
        var apart = BigDecimal.valueOf(WHOLE + gap(bar.number())).divide(BigDecimal.valueOf(WHOLE));
        var product = bar.close().value().multiply(cross).multiply(apart);
        return Amount.of(product.setScale(PLACES, RoundingMode.HALF_EVEN));
    }

    private static long swing(long number) {
        return smooth(number, 512, 1) * 30_000 / WHOLE
                + smooth(number, 64, 2) * 10_000 / WHOLE
                + smooth(number, 8, 3) * 2_000 / WHOLE;
    }

    private static long gap(long number) {
        var noise = Math.floorMod(hash(number, 4), 2 * QUIET + 1) - QUIET;
        if (Math.floorMod(hash(number, 5), BARS_A_GAP) != 0) {
            return noise;
        }
        var wide = LEAST_GAP + Math.floorMod(hash(number, 6), MORE_GAP + 1);
        return hash(number, 7) < 0 ? -wide : wide;
    }

    private static Amount volume(long number) {
        return Amount.of(BigDecimal.valueOf(1 + Math.floorMod(hash(number, 8), 10_000L), 2));
    }

    /** A straight line between a random millionth, -1 to 1, at every {@code period}th bar. */
    private static long smooth(long number, long period, long salt) {
        var knot = number / period;
        var rest = number % period;
        return (knotAt(knot, salt) * (period - rest) + knotAt(knot + 1, salt) * rest) / period;
    }

    private static long knotAt(long knot, long salt) {
        return Math.floorMod(hash(knot, salt), 2 * WHOLE + 1) - WHOLE;
    }

    /** SplitMix64's finalizer: neighbouring numbers have nothing in common afterwards. */
    private static long hash(long number, long salt) {
        var mixed = number * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
