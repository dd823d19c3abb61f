package io.everstate.bot.strategy;

import org.ta4j.core.BarSeries;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.GainIndicator;
import org.ta4j.core.indicators.helpers.LossIndicator;

/**
 * Bets on a return to the mean: buys while the relative strength index is below {@code oversold}, sells while it is above {@code
 * overbought}. The index is Cutler's, with plain averages of gains and losses: 100 x gains / (gains + losses). Wilder's, which ta4j offers,
 * remembers every bar since the beginning, and a bot could not be resumed from the newest ones.
 */
record RelativeStrengthReversion(int period, double oversold, double overbought) implements SignalRule {

    @Override
    public int bars() {
        return period + 1;
    }

    @Override
    public Signal answer(BarSeries window) {
        var close = new ClosePriceIndicator(window);
        var end = window.getEndIndex();
        var gain =
                new SMAIndicator(new GainIndicator(close), period).getValue(end).doubleValue();
        var loss =
                new SMAIndicator(new LossIndicator(close), period).getValue(end).doubleValue();
        if (gain + loss == 0) {
            return Signal.HOLD;
        }
        var strength = 100 * gain / (gain + loss);
        if (strength < oversold) {
            return Signal.BUY;
        }
        return strength > overbought ? Signal.SELL : Signal.HOLD;
    }
}
