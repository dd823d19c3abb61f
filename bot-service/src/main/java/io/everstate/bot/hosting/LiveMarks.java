package io.everstate.bot.hosting;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.RecordLimit;
import io.everstate.contracts.bot.BotCommand.WithMarks;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Limit;
import io.everstate.contracts.bot.SymbolState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The newest prices that a running bot has seen; its folded state learns of them with the next trade or checkpoint. */
final class LiveMarks {
    private final Map<String, Mark> marks = new ConcurrentHashMap<>();
    /** Of values at one time; null before the first. */
    private volatile @Nullable Amount highestTotal;

    /** @param maxLoss whether a stop-loss had ended buying by then */
    private record Mark(Amount price, long number, Amount highest, boolean maxLoss) {
        /** A highest value from before a person cleared the stop-loss does not count any more. */
        SymbolState appliedTo(SymbolState folded) {
            var marked = folded.marked(price, number);
            return maxLoss && !folded.maxLossReached() ? marked : marked.withHighest(highest);
        }
    }

    /** The symbol's state at this bar. Its price shows at once; its number only when it is {@link #done}. */
    SymbolState mark(String symbol, SymbolState folded, Bar bar) {
        var before = marks.get(symbol);
        var known = before == null ? folded : before.appliedTo(folded);
        var marked = folded.marked(bar.close(), bar.number()).withHighest(known.highestValue());
        marks.put(symbol, new Mark(bar.close(), bar.number() - 1, marked.highestValue(), folded.maxLossReached()));
        return marked;
    }

    /** All symbols are marked at bars of one time: their values together are a total that there was. */
    BotState measured(BotState folded) {
        var newest = newest(folded);
        var total = newest.portfolio().totalValue();
        var before = highestTotal;
        highestTotal = before == null ? total : before.max(total);
        return newest.withPortfolio(newest.portfolio().withHighest(total));
    }

    /** What was decided at this bar counts: who goes on from here goes on behind it. */
    void done(String symbol, Bar bar) {
        marks.computeIfPresent(
                symbol, (_, mark) -> new Mark(mark.price(), bar.number(), mark.highest(), mark.maxLoss()));
    }

    /** A stop-loss of this bar may be cleared before the next one: the fall that it was for does not count again then. */
    void carriedOut(BotCommand command) {
        if (command instanceof WithMarks(RecordLimit(var reached), var _) && reached.limit() == Limit.STOP_LOSS) {
            marks.computeIfPresent(
                    reached.symbol(), (_, mark) -> new Mark(mark.price(), mark.number(), mark.highest(), true));
        }
    }

    /** The folded state brought to the newest marks. */
    BotState newest(BotState folded) {
        var portfolio = folded.portfolio();
        for (var entry : marks.entrySet()) {
            var mark = entry.getValue();
            portfolio = portfolio.withSymbol(
                    entry.getKey(), symbol -> mark.number() < symbol.feedPosition() ? symbol : mark.appliedTo(symbol));
        }
        var highest = highestTotal;
        return folded.withPortfolio(highest == null ? portfolio : portfolio.withHighest(highest));
    }
}
