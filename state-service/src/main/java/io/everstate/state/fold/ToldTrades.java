package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.state.finding.ReplacedTrades;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The trades that events tell. */
final class ToldTrades {
    private ToldTrades() {}

    /**
     * An event's own; of a checkpoint that jumps ahead the newest of those that were passed over.
     *
     * @param state that the event made
     * @param before the number up to which the bot's trades are told; of no matter but for a checkpoint
     */
    static List<FoldedTrade> of(BotEventRecorded event, BotState state, long before) {
        var newest = state.portfolio().recentTrades();
        if (event.event() instanceof CheckpointTaken) {
            return before >= event.sequence() - 1 ? List.of() : passedOver(event, newest, before);
        }
        var own = event.event().fills().size();
        return folded(state.id(), newest.subList(newest.size() - own, newest.size()).stream());
    }

    /**
     * Of a checkpoint that leaves out what is kept of its bot: its trades from the first on in which the two are not the same.
     *
     * @param state that the checkpoint made
     * @param kept what the log does not lead to
     */
    static ReplacedTrades leavingOut(BotEventRecorded checkpoint, BotState state, BotState kept) {
        var newest = state.portfolio().recentTrades();
        var from = parting(newest, kept.portfolio().recentTrades()).orElse(checkpoint.sequence());
        var trades = passedOver(checkpoint, newest, from - 1).stream()
                .map(FoldedTrade::trade)
                .toList();
        return new ReplacedTrades(checkpoint.bot(), from, checkpoint.sequence(), trades);
    }

    /** As far back as both have all trades; where the one that is kept does not reach back to the parting, as far back as the other does. */
    private static OptionalLong parting(List<Trade> newest, List<Trade> kept) {
        if (allFrom(kept) > 0 && Collections.disjoint(newest, kept)) {
            return OptionalLong.of(allFrom(newest));
        }
        var known = Math.max(allFrom(newest), allFrom(kept));
        return Stream.concat(without(newest, kept), without(kept, newest))
                .mapToLong(Trade::sequence)
                .filter(sequence -> sequence >= known)
                .min();
    }

    private static Stream<Trade> without(List<Trade> trades, List<Trade> others) {
        var there = new HashSet<>(others);
        return trades.stream().filter(trade -> !there.contains(trade));
    }

    /** The number from which on a state has all trades: it holds a limited number, and may have dropped a leg of the oldest cycle. */
    private static long allFrom(List<Trade> newest) {
        if (newest.size() < Portfolio.RECENT_TRADES) {
            return 0;
        }
        var oldest = newest.getFirst();
        return oldest.leg() > 1 ? oldest.sequence() + 1 : oldest.sequence();
    }

    private static List<FoldedTrade> passedOver(BotEventRecorded event, List<Trade> newest, long before) {
        var told = new HashSet<String>();
        return folded(
                event.bot(),
                newest.stream()
                        .filter(trade -> trade.sequence() > before && trade.sequence() < event.sequence())
                        .filter(trade -> told.add(trade.sequence() + "." + trade.leg())));
    }

    private static List<FoldedTrade> folded(BotId bot, Stream<Trade> trades) {
        return trades.map(trade -> new FoldedTrade(bot, trade)).toList();
    }
}
