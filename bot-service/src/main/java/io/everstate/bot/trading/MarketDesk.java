package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.RecordFill;
import io.everstate.contracts.bot.SymbolState;
import java.util.Map;
import java.util.Optional;

/** Trades in one market at a time. */
record MarketDesk(MarketStrategy strategy, RiskGuard guard, MarketWindows windows) implements Desk {

    @Override
    public boolean together() {
        return false;
    }

    @Override
    public Optional<BotCommand> decide(Map<String, SymbolState> holdings, Map<String, Bar> bars) {
        for (var entry : bars.entrySet()) {
            var state = holdings.get(entry.getKey());
            var command =
                    state == null ? Optional.<BotCommand>empty() : decide(entry.getKey(), state, entry.getValue());
            if (command.isPresent()) {
                return command;
            }
        }
        return Optional.empty();
    }

    private Optional<BotCommand> decide(String symbol, SymbolState state, Bar bar) {
        return guard.stopLoss(symbol, state, bar)
                .or(() -> windows.window(symbol, bar.number(), strategy.bars())
                        .flatMap(
                                window -> carriedOut(symbol, state, strategy.decide(window, Holdings.of(state)), bar)));
    }

    private Optional<BotCommand> carriedOut(String symbol, SymbolState state, Order order, Bar bar) {
        return switch (order) {
            case Order.None() -> Optional.empty();
            case Order.Sell(var most) -> {
                var quantity = most.compareTo(state.position()) < 0 ? most : state.position();
                yield guard.exchange().sold(symbol, quantity, bar).map(RecordFill::new);
            }
            case Order.Buy(var most) -> {
                var money = most.compareTo(state.balance()) < 0 ? most : state.balance();
                yield guard.exchange().bought(symbol, money, bar).flatMap(fill -> guard.purchase(state, fill, bar));
            }
        };
    }
}
