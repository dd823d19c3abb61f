package io.everstate.benchmarks.suite;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.client.Bots;
import io.everstate.cli.client.Bots.NewBot;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.view.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after a trade is acknowledged it can be read in state-service. Two threads look as often as they can, one at bot-service, which
 * shows a trade when it counts, one at state-service. The difference of the two first sights holds one look's length of error on each side.
 */
final class TradeLatency {

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Services services;
    private final Map<Long, Long> acknowledged = new HashMap<>();
    private final Map<Long, Long> readable = new HashMap<>();

    TradeLatency(Services services) {
        this.services = services;
    }

    /** @return milliseconds, one a trade that both sides showed */
    List<Double> measure(Duration length) throws InterruptedException {
        BotId bot = tradingBot();
        long end = System.nanoTime() + length.toNanos();
        Thread atOwner = Thread.ofPlatform().start(() -> lookAtOwner(bot, end));
        Thread atState = Thread.ofPlatform()
                .start(() -> lookAtState(bot, end + Duration.ofSeconds(1).toNanos()));
        atOwner.join();
        atState.join();
        new Bots(services).stop(bot.toString());
        List<Double> milliseconds = new ArrayList<>();
        acknowledged.forEach((sequence, at) -> {
            Long seen = readable.get(sequence);
            if (seen != null) {
                milliseconds.add(Math.max(0, seen - at) / 1e6);
            }
        });
        return milliseconds;
    }

    /** Acknowledged trades that state-service did not show within the measurement; there must be none. */
    long missing() {
        return acknowledged.keySet().stream()
                .filter(sequence -> !readable.containsKey(sequence))
                .count();
    }

    private BotId tradingBot() {
        Bots bots = new Bots(services);
        Map<String, Amount> parameters = Map.of("fast", Amount.of(2), "slow", Amount.of(4));
        BotState bot = bots.create(new NewBot(
                "latency",
                "sma-cross",
                List.of("BTC/USD"),
                Amount.of(1_000_000),
                parameters,
                RestartPolicy.RESUME,
                null));
        bots.start(bot.id().toString());
        return bot.id();
    }

    private void lookAtOwner(BotId bot, long end) {
        while (System.nanoTime() < end) {
            BotState state = services.of(ServiceName.BOT).get("/api/v1/bots/" + bot, new TypeReference<BotState>() {});
            long now = System.nanoTime();
            state.portfolio().recentTrades().forEach(trade -> acknowledged.putIfAbsent(trade.sequence(), now));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void lookAtState(BotId bot, long end) {
        long last = 0;
        while (System.nanoTime() < end) {
            Page<Trade> page = trades(bot, last);
            long now = System.nanoTime();
            for (Trade trade : page.items()) {
                readable.putIfAbsent(trade.sequence(), now);
                last = trade.sequence();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** state-service does not know the bot in its first moment. */
    private Page<Trade> trades(BotId bot, long after) {
        try {
            return services.of(ServiceName.STATE)
                    .get(
                            "/api/v1/bots/" + bot + "/trades?limit=500&after=" + after,
                            new TypeReference<Page<Trade>>() {});
        } catch (CommandFailedException e) {
            if (after > 0) {
                throw e;
            }
            return new Page<>(List.of(), null);
        }
    }
}
