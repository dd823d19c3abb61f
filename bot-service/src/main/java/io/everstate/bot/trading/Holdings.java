package io.everstate.bot.trading;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.SymbolState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a bot has in one market, as far as a strategy may know it: facts that the log holds, not values that change with every bar.
 *
 * @param balance in the quote currency
 * @param position in the base currency
 * @param entryPrice average price of the position, fees excluded; zero without a position
 * @param trades how many there were
 * @param lastTradeAt the market's time; null before the first
 */
public record Holdings(
        Amount balance,
        Amount position,
        Amount entryPrice,
        long trades,
        @Nullable Instant lastTradeAt) {

    static Holdings of(SymbolState state) {
        return new Holdings(state.balance(), state.position(), state.entryPrice(), state.trades(), state.lastTradeAt());
    }
}
