package io.everstate.benchmarks.bots;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.benchmarks.place.Rest;
import io.everstate.cli.console.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Bots of our kind at one bot-service. */
final class HostedFleet {

    /** Trades at about every second bar: the average of one bar crosses that of two whenever the price turns. */
    static final String RESTLESS = """
            {"name": "bot %d", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "1000000",
             "feeRate": "0", "parameters": {"fast": 1, "slow": 2}, "restartPolicy": "RESUME"}""";
    /** With the defaults of its strategy, as most bots. */
    static final String ORDINARY = """
            {"name": "bot %d", "strategy": "sma-cross", "symbols": ["BTC/USD"], "initialBalance": "10000"}""";

    private static final int AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Rest rest = new Rest();
    private final BotServer server;

    HostedFleet(BotServer server) {
        this.server = server;
    }

    /** Returns when they run. */
    void run(int bots, String description) throws InterruptedException {
        start(bots, description);
        awaitRunning(bots);
    }

    /** Returns when all are told to run, at whichever replica. */
    void start(int bots, String description) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        List<CompletableFuture<String>> created = new ArrayList<>();
        for (int number = 0; number < bots; number++) {
            free.acquire();
            created.add(rest.post(server.url("/api/v1/bots"), server.token(), description.formatted(number))
                    .whenComplete((_, _) -> free.release()));
        }
        created.forEach(CompletableFuture::join);
        act("START");
    }

    /** Returns when none of them runs. */
    void pause() {
        act("PAUSE");
        awaitRunning(0);
    }

    /** Returns when so many run again. */
    void resume(int bots) {
        act("RESUME");
        awaitRunning(bots);
    }

    private void act(String action) {
        String body = "{\"action\": \"%s\", \"selector\": \"\"}".formatted(action);
        rest.post(server.url("/api/v1/bots/actions"), server.token(), body).join();
    }

    void awaitRunning(int bots) {
        if (!Poll.untilTrue(() -> running() == bots, LOOK, PATIENCE)) {
            throw new IllegalStateException("only " + running() + " of " + bots + " bots run");
        }
    }

    /** The state of the first bot by its id. */
    JsonNode first() {
        String page =
                rest.get(server.url("/api/v1/bots?limit=1"), server.token()).join();
        return Rest.json(page).at("/items/0");
    }

    int running() {
        return (int) server.metric("everstate_bots_running");
    }
}
