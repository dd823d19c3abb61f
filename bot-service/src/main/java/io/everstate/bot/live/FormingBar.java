package io.everstate.bot.live;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import java.time.Instant;

/** The trades of a bar so far. */
record FormingBar(Amount opening, Amount high, Amount low, Amount closing, Amount volume) {
    static FormingBar of(LiveTrade trade) {
        return new FormingBar(trade.price(), trade.price(), trade.price(), trade.price(), trade.quantity());
    }

    FormingBar with(LiveTrade trade) {
        var price = trade.price();
        return new FormingBar(
                opening,
                high.max(price),
                low.compareTo(price) <= 0 ? low : price,
                price,
                volume.plus(trade.quantity()));
    }

    Bar bar(long number, Instant end) {
        return new Bar(number, end, opening, high, low, closing, volume);
    }
}
