package io.everstate.benchmarks.bots;

import io.everstate.cli.console.Poll;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

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

    private final HttpClient http = HttpClient.newHttpClient();
    private final BotServer server;

    HostedFleet(BotServer server) {
        this.server = server;
    }

    /** Returns when they run. */
    void run(int bots, String description) throws InterruptedException {
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            var created = IntStream.range(0, bots)
                    .mapToObj(number -> callers.submit(() -> post("/api/v1/bots", description.formatted(number))))
                    .toList();
            for (Future<String> bot : created) {
                bot.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        post("/api/v1/bots/actions", "{\"action\": \"START\", \"selector\": \"\"}");
        awaitRunning(bots);
    }

    void awaitRunning(int bots) {
        if (!Poll.untilTrue(() -> running() == bots, LOOK, PATIENCE)) {
            throw new IllegalStateException("only " + running() + " of " + bots + " bots run");
        }
    }

    int running() {
        return (int) server.metric("everstate_bots_running");
    }

    private String post(String path, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.url(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(path + " broke off", e);
        }
    }
}
