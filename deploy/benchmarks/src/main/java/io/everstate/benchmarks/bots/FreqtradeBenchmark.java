package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.bots.OneShot.Request;
import io.everstate.benchmarks.bots.SteadyRate.Latencies;
import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.Rest;
import io.everstate.cli.console.Poll;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * How long freqtrade's trading loop waits for a webhook's answer, with two replicas, while Kafka runs and while it stands still; beside it
 * what the same senders wait for a report by REST, which is answered when it counts, and for an answer that needs nothing but the server.
 */
public final class FreqtradeBenchmark {

    private static final int ROUNDS = 5;
    private static final int BOTS = 20;
    private static final int PER_SECOND = 30;
    private static final double MILLISECONDS = 100;
    private static final double NO_BARS = 0.01;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final PrintStream out;
    private final Rest rest = new Rest();
    private final OneShot sender = new OneShot();
    private final Map<FreqtradeFormat, List<Double>> running = new EnumMap<>(FreqtradeFormat.class);
    private final Map<FreqtradeFormat, List<Double>> standing = new EnumMap<>(FreqtradeFormat.class);

    public FreqtradeBenchmark(PrintStream out) {
        this.out = out;
    }

    /** A bot that runs elsewhere, as the load plays it. */
    private record Bot(String id, String token) {}

    public List<Figure> run(boolean quick) throws InterruptedException {
        SteadyRate rate = new SteadyRate(PER_SECOND, quick ? QUICK_WINDOW : WINDOW);
        BotServer.Settings settings = new BotServer.Settings(NO_BARS, List.of());
        try (sender;
                Place place = Place.make();
                BotServer one = BotServer.start(place, settings);
                BotServer two = BotServer.start(place, settings)) {
            List<BotServer> servers = List.of(one, two);
            List<Bot> bots = bots(one);
            awaitAll(servers, bots);
            warmUp(servers, bots);
            for (int round = 1; round <= (quick ? 1 : ROUNDS); round++) {
                out.printf("round %d, %d messages a second, each on a connection of its own%n", round, PER_SECOND);
                tell("peer, an answer that needs nothing but the server", load(rate, servers, bots, this::strategies));
                tell("peer, a report by REST, answered when it counts", load(rate, servers, bots, this::report));
                measure("", rate, servers, bots, running);
                place.suspend();
                try {
                    measure(" while Kafka stands still", rate, servers, bots, standing);
                } finally {
                    place.resume();
                }
                awaitAll(servers, bots);
            }
        }
        return figures();
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (FreqtradeFormat format : FreqtradeFormat.values()) {
            String name = "freqtrade-" + word(format) + "-longest";
            figures.add(new Figure(name, "ms", running.getOrDefault(format, List.of()), Goal.atMost(MILLISECONDS)));
            figures.add(new Figure(
                    name + "-without-kafka",
                    "ms",
                    standing.getOrDefault(format, List.of()),
                    Goal.atMost(MILLISECONDS)));
        }
        return figures;
    }

    private void measure(
            String when,
            SteadyRate rate,
            List<BotServer> servers,
            List<Bot> bots,
            Map<FreqtradeFormat, List<Double>> longest) {
        for (FreqtradeFormat format : FreqtradeFormat.values()) {
            Latencies latencies = load(rate, servers, bots, (server, bot) -> webhook(server, bot, format));
            tell("a webhook as " + word(format) + when, latencies);
            longest.computeIfAbsent(format, _ -> new ArrayList<>()).add(latencies.longest());
        }
    }

    private void tell(String what, Latencies latencies) {
        out.printf(
                Locale.ROOT,
                "  %-52s p50 %5.1f ms, p99 %5.1f ms, longest %5.1f ms%n",
                what,
                latencies.p50(),
                latencies.p99(),
                latencies.longest());
    }

    private static String word(FreqtradeFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /** Each bot at each replica in turn, so half of it is owned by the other one. */
    private Latencies load(
            SteadyRate rate, List<BotServer> servers, List<Bot> bots, BiFunction<BotServer, Bot, Request> request) {
        return rate.run(number -> sender.send(
                request.apply(servers.get(number % servers.size()), bots.get(number / servers.size() % bots.size()))));
    }

    private void warmUp(List<BotServer> servers, List<Bot> bots) {
        SteadyRate rate = new SteadyRate(PER_SECOND, WARM_UP);
        load(rate, servers, bots, this::report);
        Arrays.stream(FreqtradeFormat.values())
                .forEach(format -> load(rate, servers, bots, (server, bot) -> webhook(server, bot, format)));
    }

    private Request webhook(BotServer server, Bot bot, FreqtradeFormat format) {
        String path = "/api/v1/ingest/freqtrade/" + bot.id() + "/" + bot.token();
        return new Request("POST", server.url(path), format.contentType(), "", format.body());
    }

    private Request report(BotServer server, Bot bot) {
        String body = "{\"type\": \"TRADE\", \"content\": " + FreqtradeFormat.JSON.body() + "}";
        String path = "/api/v1/external-bots/" + bot.id() + "/events";
        return new Request("POST", server.url(path), "application/json", authorization(bot.token()), body);
    }

    private Request strategies(BotServer server, Bot bot) {
        return new Request(
                "GET", server.url("/api/v1/strategies"), "application/json", authorization(server.token()), "");
    }

    private static String authorization(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private List<Bot> bots(BotServer server) {
        List<Bot> bots = new ArrayList<>();
        for (int number = 0; number < BOTS; number++) {
            bots.add(bot(server, "{\"name\": \"bot %d\", \"system\": \"freqtrade\"}".formatted(number)));
        }
        return bots;
    }

    /** Tried again while the second replica takes its partitions. */
    private Bot bot(BotServer server, String body) {
        List<Bot> made = new ArrayList<>();
        await(
                () -> rest.post(server.url("/api/v1/external-bots"), server.token(), body)
                        .thenApply(Rest::json)
                        .thenAccept(answer -> made.add(new Bot(
                                answer.at("/bot").asText(), answer.at("/token").asText()))),
                "make a bot");
        return made.getFirst();
    }

    /** Until a report of each bot counts at each replica. */
    private void awaitAll(List<BotServer> servers, List<Bot> bots) {
        for (BotServer server : servers) {
            bots.forEach(bot -> await(() -> sender.send(report(server, bot)), "take a report of every bot"));
        }
    }

    private static void await(Supplier<CompletableFuture<?>> what, String words) {
        boolean done = Poll.untilTrue(
                () -> {
                    try {
                        what.get().join();
                        return true;
                    } catch (CompletionException e) {
                        return false;
                    }
                },
                LOOK,
                PATIENCE);
        if (!done) {
            throw new IllegalStateException("the replicas do not " + words);
        }
    }
}
