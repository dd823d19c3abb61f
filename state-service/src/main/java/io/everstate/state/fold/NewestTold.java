package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.finding.ReplacedTrades;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest trades that a log tells of a bot: all of them from a number on. */
final class NewestTold {
    /** As many as a state holds. More that are lost of one bot come right by a rebuild. */
    static final int MOST = 100;

    private final Deque<FoldedTrade> trades = new ArrayDeque<>();
    private long from;

    void add(List<FoldedTrade> more) {
        trades.addAll(more);
        while (trades.size() > MOST) {
            // the other legs of a cycle have its number
            from = trades.removeFirst().trade().sequence() + 1;
        }
        while (!trades.isEmpty() && trades.getFirst().trade().sequence() < from) {
            trades.removeFirst();
        }
    }

    /** @param to the number of the event at which the log was found to be another */
    ReplacedTrades upTo(BotId bot, long to) {
        return new ReplacedTrades(
                bot, from, to, trades.stream().map(FoldedTrade::trade).toList());
    }
}
