package io.everstate.bot.trading;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.RecordFill;
import io.everstate.contracts.bot.BotCommand.RecordLimit;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Limit;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.SymbolState;
import java.util.Optional;

/**
 * Keeps a bot within its limits in one market. A limit that holds a purchase back is announced once, and again only when a trade came in
 * between: the log must not hear it at every bar. What was announced is part of the folded state, so it is not forgotten in a crash.
 */
public record RiskGuard(RiskLimits limits, PaperExchange exchange) {

    public static RiskGuard of(BotConfiguration configuration) {
        return new RiskGuard(configuration.limits(), PaperExchange.of(configuration));
    }

    /** The sale of the position when the value fell as far as its limit, and the end of buying, as one command. */
    Optional<BotCommand> stopLoss(String symbol, SymbolState state, Bar bar) {
        var allowed = limits.stopLoss();
        var fall = state.fall();
        if (allowed == null || state.maxLossReached() || fall.compareTo(allowed) < 0) {
            return Optional.empty();
        }
        var sale = exchange.sold(symbol, state.position(), bar).orElse(null);
        return Optional.of(new RecordLimit(new LimitReached(Limit.STOP_LOSS, symbol, fall, allowed, sale)));
    }

    /** The purchase, or what the limits leave of it; empty when that is nothing and was said before. */
    Optional<BotCommand> purchase(SymbolState state, Fill fill, Bar bar) {
        if (state.maxLossReached()) {
            return Optional.empty();
        }
        var tooMany = tooManyTrades(fill.symbol(), state, bar);
        if (tooMany.isPresent()) {
            return tooMany.filter(reached -> !state.limited().contains(reached.limit()))
                    .map(RecordLimit::new);
        }
        return withinPosition(state, fill, bar);
    }

    /** What there is to say when no more may be bought in this hour. */
    Optional<LimitReached> tooManyTrades(String symbol, SymbolState state, Bar bar) {
        var allowed = limits.maxTradesPerHour();
        var trades = state.tradesWithinHour(bar.at());
        return allowed == null || trades < allowed
                ? Optional.empty()
                : Optional.of(
                        new LimitReached(Limit.TRADES_PER_HOUR, symbol, Amount.of(trades), Amount.of(allowed), null));
    }

    /** A purchase is cut once to what is left up to the limit; after that the next is one that fits as a whole. */
    private Optional<BotCommand> withinPosition(SymbolState state, Fill fill, Bar bar) {
        var allowed = limits.maxPosition();
        var value = state.position().plus(fill.quantity()).times(fill.price());
        if (allowed == null || value.compareTo(allowed) <= 0) {
            return Optional.of(new RecordFill(fill));
        }
        if (state.limited().contains(Limit.POSITION)) {
            return Optional.empty();
        }
        var room = allowed.dividedDownBy(fill.price()).minus(state.position()).max(Amount.ZERO);
        var cut = exchange.bought(fill.symbol(), room, fill.price(), bar).orElse(null);
        return Optional.of(new RecordLimit(new LimitReached(Limit.POSITION, fill.symbol(), value, allowed, cut)));
    }
}
