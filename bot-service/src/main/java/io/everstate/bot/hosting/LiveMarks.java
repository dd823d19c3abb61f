package io.everstate.bot.hosting;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.SymbolState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The newest prices that a running bot has seen; its folded state learns of them with the next trade or checkpoint. */
final class LiveMarks {
    private final Map<String, Mark> marks = new ConcurrentHashMap<>();

    private record Mark(Amount price, long number, Amount highest) {}

    /** The symbol's state at this bar. Its price shows at once; its number only when it is {@link #done}. */
    SymbolState mark(String symbol, SymbolState folded, Bar bar) {
        var before = marks.get(symbol);
        var highest = before == null ? folded.highestValue() : before.highest();
        var marked = folded.marked(bar.close(), bar.number()).withHighest(highest);
        marks.put(symbol, new Mark(bar.close(), bar.number() - 1, marked.highestValue()));
        return marked;
    }

    /** What was decided at this bar counts: who goes on from here goes on behind it. */
    void done(String symbol, Bar bar) {
        marks.computeIfPresent(symbol, (_, mark) -> new Mark(mark.price(), bar.number(), mark.highest()));
    }

    /** The folded state brought to the newest marks. */
    BotState newest(BotState folded) {
        var portfolio = folded.portfolio();
        for (var entry : marks.entrySet()) {
            var mark = entry.getValue();
            portfolio = portfolio.withSymbol(
                    entry.getKey(),
                    symbol -> mark.number() < symbol.feedPosition()
                            ? symbol
                            : symbol.marked(mark.price(), mark.number()).withHighest(mark.highest()));
        }
        return folded.withPortfolio(portfolio);
    }
}
