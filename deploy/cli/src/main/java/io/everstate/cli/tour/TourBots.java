package io.everstate.cli.tour;

import io.everstate.cli.client.Bots.NewBot;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.RestartPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Five bots of different strategies that trade often, on the real BTC/USD tape. */
final class TourBots {

    static final List<NewBot> ALL = List.of(
            bot("quick-trend", "sma-cross", Map.of("fast", "2", "slow", "5")),
            bot("slow-trend", "sma-cross", Map.of("fast", "5", "slow", "15")),
            bot("reversion", "rsi-reversion", Map.of("period", "5", "oversold", "40", "overbought", "60")),
            bot("bands", "bollinger", Map.of("period", "10", "deviations", "1")),
            bot("wide-bands", "bollinger", Map.of("period", "20", "deviations", "1.5")));

    private TourBots() {}

    private static NewBot bot(String name, String strategy, Map<String, String> parameters) {
        return new NewBot(
                name,
                strategy,
                List.of("BTC/USD"),
                Amount.of(100_000),
                amounts(parameters),
                RestartPolicy.RESUME,
                null);
    }

    private static Map<String, Amount> amounts(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Amount.of(entry.getValue())));
    }
}
