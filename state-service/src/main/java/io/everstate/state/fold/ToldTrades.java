package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import java.util.HashSet;
import java.util.List;
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
