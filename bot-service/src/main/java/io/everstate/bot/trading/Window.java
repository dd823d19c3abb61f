package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import java.util.List;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;

/** The newest bars of a market up to one of them. */
public final class Window {
    private final List<KnownBar> bars;

    Window(List<KnownBar> bars) {
        this.bars = bars;
    }

    /** The bar at which is decided. */
    public Bar last() {
        return bars.getLast().bar();
    }

    /** The oldest first. */
    public List<Bar> bars() {
        return bars.stream().map(KnownBar::bar).toList();
    }

    /** Asked once for all bots, as long as the bar is kept. */
    public <T> T answer(Question<T> question) {
        return bars.getLast().answer(question, this::series);
    }

    /**
     * The bars for ta4j's indicators, each time as a series of its own. A series that grows would be cheaper, but ta4j's indicators carry
     * running sums, caches and counters from bar to bar, so a bot that was resumed could decide unlike one that never stopped.
     *
     * <p>Prices are doubles that count units of 0.00000001: sums of them are exact up to 9e15 (500 bars at 180,000), so equal prices give
     * equal averages and no crossing comes out of rounding. Decimal numbers would do the same, but take five times as long.
     */
    BarSeries series() {
        return new BaseBarSeriesBuilder()
                .withNumFactory(KnownBar.NUMBERS)
                .withBars(bars.stream().map(KnownBar::converted).toList())
                .build();
    }
}
