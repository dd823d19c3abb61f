package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/**
 * Gives a rule the newest bars, each time as a series of its own with new indicators. A series that grows would be cheaper, but ta4j's
 * indicators carry running sums, caches and counters from bar to bar, so a bot that was resumed could decide unlike one that never stopped.
 *
 * <p>Prices go in as doubles that count units of 0.00000001: sums of them are exact up to 9e15 (500 bars at 180,000), so equal prices give
 * equal averages and no crossing comes out of rounding. Decimal numbers would do the same, but take five times as long.
 */
final class WindowedStrategy implements TradingStrategy {
    private static final DoubleNumFactory NUMBERS = DoubleNumFactory.getInstance();
    private static final int PLACES = 8;
    /** ta4j wants a span for each bar and the rules ask for none. */
    private static final Duration SPAN = Duration.ofNanos(1);

    private final WindowRule rule;
    private final ArrayDeque<org.ta4j.core.Bar> window;
    private long next = -1;

    WindowedStrategy(WindowRule rule) {
        this.rule = rule;
        this.window = new ArrayDeque<>(rule.bars() + 1);
    }

    @Override
    public Signal onBar(Bar bar) {
        if (next >= 0 && bar.number() != next) {
            throw new IllegalArgumentException("bar " + next + " is due, not bar " + bar.number());
        }
        next = bar.number() + 1;
        window.addLast(converted(bar));
        if (window.size() > rule.bars()) {
            window.removeFirst();
        }
        return window.size() < rule.bars() ? Signal.HOLD : rule.decide(series());
    }

    private BarSeries series() {
        return new BaseBarSeriesBuilder()
                .withNumFactory(NUMBERS)
                .withBars(List.copyOf(window))
                .build();
    }

    private static org.ta4j.core.Bar converted(Bar bar) {
        return new BaseBar(
                SPAN,
                bar.at().minus(SPAN),
                bar.at(),
                number(bar.open()),
                number(bar.high()),
                number(bar.low()),
                number(bar.close()),
                number(bar.volume()),
                NUMBERS.zero(),
                0);
    }

    private static Num number(Amount amount) {
        return NUMBERS.numOf(amount.value().scaleByPowerOfTen(PLACES).doubleValue());
    }
}
