package io.everstate.bot.strategy;

import org.ta4j.core.BarSeries;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;

/**
 * Follows a trend: buys at the bar at which the fast average of the closes comes to lie above the slow one, sells at that at which it comes
 * to lie below. ta4j's own crossing rules look back over equal values as far as these go, without a limit; this one looks at two bars.
 */
record MovingAverageCross(int fast, int slow) implements SignalRule {

    @Override
    public int bars() {
        return slow + 1;
    }

    @Override
    public Signal answer(BarSeries window) {
        var close = new ClosePriceIndicator(window);
        var fastAverage = new SMAIndicator(close, fast);
        var slowAverage = new SMAIndicator(close, slow);
        var end = window.getEndIndex();
        var before = fastAverage.getValue(end - 1).compareTo(slowAverage.getValue(end - 1));
        var now = fastAverage.getValue(end).compareTo(slowAverage.getValue(end));
        if (before <= 0 && now > 0) {
            return Signal.BUY;
        }
        return before >= 0 && now < 0 ? Signal.SELL : Signal.HOLD;
    }
}
