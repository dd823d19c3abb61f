package io.everstate.bot.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.TreeMap;

/** The trades that a bot's owner has shown to the outside: from then on they must never be lost, doubled or changed. */
final class TradeLedger {
    private final TreeMap<Long, JsonNode> trades = new TreeMap<>();

    /** Notes the newest trades; returns how many are known. */
    int note(JsonNode bot) {
        for (var trade : bot.path("portfolio").path("recentTrades")) {
            var before = trades.putIfAbsent(trade.get("sequence").asLong(), trade);
            assertThat(before == null || before.equals(trade))
                    .as("trade %s became %s", before, trade)
                    .isTrue();
        }
        return trades.size();
    }

    int size() {
        return trades.size();
    }

    /** The sequence of the newest trade. */
    long newest() {
        return trades.lastEntry().getKey();
    }

    /** What is shown now holds every noted trade of its range as it was, and no number twice. */
    void verify(JsonNode bot) {
        var shown = new ArrayList<Long>();
        bot.path("portfolio")
                .path("recentTrades")
                .forEach(trade -> shown.add(trade.get("sequence").asLong()));
        assertThat(shown).doesNotHaveDuplicates();
        trades.keySet().stream()
                .filter(sequence -> sequence >= shown.getFirst())
                .forEach(sequence -> assertThat(shown).contains(sequence));
        note(bot);
    }
}
