package io.everstate.bot.live;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import java.util.Optional;

/** What the exchange's record says of what was heard. */
enum Finding {
    AGREES,
    /** It has trades that were not heard. */
    UNHEARD,
    /** It does not have trades that were heard: it is behind, or wrong. */
    BEHIND,
    /** It does not have bars that there must be, between others: none is used. */
    LEAVES_OUT,
    /** It left the same ones out again and again: those behind them are used, and they are not asked for any more. */
    STILL_LEAVES_OUT;

    /** Of a bar behind another one, of which this was heard. Without a trade it has the price of the one before. */
    static Finding of(Bar recorded, Optional<FormingBar> heard, Optional<Bar> last) {
        var volume = heard.map(FormingBar::volume).orElse(Amount.ZERO);
        var other = recorded.volume().compareTo(volume);
        var moved = heard.isEmpty()
                && last.filter(bar -> !bar.close().equals(recorded.close())).isPresent();
        if (other == 0 && !moved) {
            return AGREES;
        }
        return other < 0 ? BEHIND : UNHEARD;
    }
}
