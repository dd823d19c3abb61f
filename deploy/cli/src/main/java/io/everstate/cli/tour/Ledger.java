package io.everstate.cli.tour;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The trades that bot-service acknowledged: it shows a trade only when it counts, so whatever was seen there once must be found for
 * ever. Kept outside of Everstate, it is what a disaster cannot reach. Thread-safe.
 */
public final class Ledger {

    private final Map<BotId, TreeMap<Long, Trade>> trades = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();

    /** Writes down what is new; a trade that looks different from when it was first seen is a contradiction. */
    public synchronized void record(BotState bot) {
        TreeMap<Long, Trade> known = trades.computeIfAbsent(bot.id(), id -> new TreeMap<>());
        for (Trade trade : bot.portfolio().recentTrades()) {
            Trade before = known.putIfAbsent(trade.sequence(), trade);
            if (before != null && !before.equals(trade)) {
                contradictions.add(bot.id() + " showed " + before + " first and " + trade + " later");
            }
        }
    }

    public synchronized int size() {
        return trades.values().stream().mapToInt(Map::size).sum();
    }

    public synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    /** What is in it now, by bot. */
    public synchronized Map<BotId, List<Trade>> trades() {
        Map<BotId, List<Trade>> copy = new HashMap<>();
        trades.forEach((bot, known) -> copy.put(bot, List.copyOf(known.values())));
        return copy;
    }
}
