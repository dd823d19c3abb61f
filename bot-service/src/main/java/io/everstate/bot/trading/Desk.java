package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.SymbolState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one command at most of a bar: strategy, limits, exchange. Has no state of its own, so the same bars and holdings give the same
 * command.
 */
public interface Desk {

    /** Whether the bot's markets are looked at together, at bars of one time; else each for itself, in their order. */
    boolean together();

    /**
     * @param holdings of all symbols that are looked at, valued at these bars
     * @param bars one a symbol
     */
    Optional<BotCommand> decide(Map<String, SymbolState> holdings, Map<String, Bar> bars);

    /** @throws IllegalArgumentException when the strategy cannot trade these markets */
    static Desk of(TradingStrategy strategy, Set<String> symbols, RiskGuard guard, MarketWindows windows) {
        return switch (strategy) {
            case MarketStrategy single -> new MarketDesk(single, guard, windows);
            case CycleStrategy cycle ->
                new CycleDesk(
                        cycle,
                        guard,
                        Triangle.of(symbols)
                                .orElseThrow(() -> new IllegalArgumentException(symbols + " are no triangle")));
        };
    }
}
