package io.everstate.cli.tour;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of acknowledged trades.
 *
 * @param acknowledged how many the ledger holds
 * @param lost a sentence for each that is not recorded, or not as it was acknowledged
 * @param doubled a sentence for each that is recorded more than once, under its number or under another one
 */
public record Comparison(int acknowledged, List<String> lost, List<String> doubled) {

    public Comparison {
        lost = List.copyOf(lost);
        doubled = List.copyOf(doubled);
    }

    /** One market's bar makes a bot buy once or sell once: a second time is the first one done again. */
    private record Occasion(String symbol, Side side, long feedPosition) {
        static Occasion of(Trade trade) {
            return new Occasion(trade.symbol(), trade.side(), trade.feedPosition());
        }
    }

    public static Comparison of(Map<BotId, List<Trade>> ledger, Map<BotId, List<Trade>> recorded) {
        List<String> lost = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        int acknowledged = 0;
        for (Map.Entry<BotId, List<Trade>> entry : ledger.entrySet()) {
            List<Trade> found = recorded.getOrDefault(entry.getKey(), List.of());
            acknowledged += entry.getValue().size();
            lost.addAll(lost(entry.getKey(), entry.getValue(), found));
            doubled.addAll(doubled(entry.getKey(), found));
        }
        return new Comparison(acknowledged, lost, doubled);
    }

    public int found() {
        return acknowledged - lost.size();
    }

    public boolean clean() {
        return lost.isEmpty() && doubled.isEmpty();
    }

    private static List<String> lost(BotId bot, List<Trade> acknowledged, List<Trade> recorded) {
        Map<Long, Trade> byNumber = new HashMap<>();
        recorded.forEach(trade -> byNumber.put(trade.sequence(), trade));
        List<String> lost = new ArrayList<>();
        for (Trade trade : acknowledged) {
            Trade found = byNumber.get(trade.sequence());
            if (found == null) {
                lost.add(bot + ": " + trade + " is not recorded");
            } else if (!found.equals(trade)) {
                lost.add(bot + ": " + trade + " is recorded as " + found);
            }
        }
        return lost;
    }

    private static List<String> doubled(BotId bot, List<Trade> recorded) {
        Map<Long, Trade> byNumber = new HashMap<>();
        Map<Occasion, Trade> byOccasion = new HashMap<>();
        List<String> doubled = new ArrayList<>();
        for (Trade trade : recorded) {
            Trade sameNumber = byNumber.putIfAbsent(trade.sequence(), trade);
            Trade sameOccasion = byOccasion.putIfAbsent(Occasion.of(trade), trade);
            Trade first = sameNumber != null ? sameNumber : sameOccasion;
            if (first != null) {
                doubled.add(bot + ": " + first + " is there again as " + trade);
            }
        }
        return doubled;
    }
}
