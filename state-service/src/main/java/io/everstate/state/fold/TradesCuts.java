package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.bot.Trade;
import io.everstate.state.format.TradesCut;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the bots' recent trades were cut last. As everything of a fold it runs ahead of the store, and knows of no cut that was made before
 * it: the first time a bot is taken all of it is written.
 */
final class TradesCuts {
    /** As few trades as these, or fewer, stand together. */
    static final int TOGETHER = 16;

    /** More behind a cut are no cut any more: another one is made. */
    static final int MOST_BEHIND = 48;

    private final Map<BotId, Made> last = new HashMap<>();

    /** @param before the trades in front of it; the same objects as in the states that came of that one */
    private record Made(long at, List<Trade> before) {
        /**
         * How many trades of a later state are not in front of the cut; -1 when what is in front of it and they do not make the state's trades.
         */
        int behind(List<Trade> trades) {
            int gone = before.indexOf(trades.getFirst());
            int kept = before.size() - gone;
            int behind = trades.size() - kept;
            return gone >= 0
                            && behind >= 0
                            && (gone == 0 || trades.size() == Portfolio.RECENT_TRADES)
                            && before.subList(gone, before.size()).equals(trades.subList(0, kept))
                    ? behind
                    : -1;
        }
    }

    /** Null when it has so few trades that they stand together. Counts as written from here on. */
    @Nullable
    TradesCut cut(BotState state) {
        var trades = state.portfolio().recentTrades();
        if (trades.size() <= TOGETHER) {
            last.remove(state.id());
            return null;
        }
        var made = last.get(state.id());
        int behind = made == null ? -1 : made.behind(trades);
        if (made != null && behind >= 0 && behind <= MOST_BEHIND) {
            return new TradesCut(made.at(), behind, false);
        }
        last.put(state.id(), new Made(state.sequence(), trades));
        return new TradesCut(state.sequence(), 0, true);
    }
}
