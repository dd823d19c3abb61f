package io.everstate.bot.strategy;

import org.ta4j.core.BarSeries;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;

/** Bets on a return to the mean: buys while the close is below the lower Bollinger band, sells while it is above the upper one. */
record BollingerReversion(int period, double deviations) implements SignalRule {

    @Override
    public int bars() {
        return period;
    }

    @Override
    public Signal answer(BarSeries window) {
        var close = new ClosePriceIndicator(window);
        var middle = new BollingerBandsMiddleIndicator(new SMAIndicator(close, period));
        var deviation = new StandardDeviationIndicator(close, period);
        var factor = window.numFactory().numOf(deviations);
        var end = window.getEndIndex();
        var price = close.getValue(end);
        if (price.isLessThan(new BollingerBandsLowerIndicator(middle, deviation, factor).getValue(end))) {
            return Signal.BUY;
        }
        var upper = new BollingerBandsUpperIndicator(middle, deviation, factor).getValue(end);
        return price.isGreaterThan(upper) ? Signal.SELL : Signal.HOLD;
    }
}
