package io.everstate.benchmarks.bots;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.Rest;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * How long a trade takes that a bot reports by REST, until it is durable, read back and acknowledged; beside it a bare producer that writes
 * the same records at the same rate.
 */
final class TradeReports {

    private static final int BOTS = 100;
    private static final int PARTITIONS = 12;
    private static final int SAMPLE = 12_000;
    private static final int PER_SECOND = 1_000;
    private static final double P50_MILLISECONDS = 3;
    private static final double TIMES_THE_PRODUCERS_P99 = 2.5;
    /** A cold service does not answer the whole rate in time. */
    private static final List<Integer> FIRST_RATES = List.of(PER_SECOND / 10, PER_SECOND / 3);

    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration WARM_UP = Duration.ofSeconds(90);
    private static final int QUICK_TIMES_SHORTER = 5;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(3);
    private static final double NO_BARS = 0.01;

    private final PrintStream out;
    private final Rest rest = new Rest();
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    TradeReports(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        SteadyRate rate = new SteadyRate(PER_SECOND, quick ? QUICK_WINDOW : WINDOW);
        try (Place place = Place.make();
                BotServer server = BotServer.start(place, new BotServer.Settings(NO_BARS, Bench.LARGE_JVM))) {
            List<Reporter> bots = reporters(server);
            int shorter = quick ? QUICK_TIMES_SHORTER : 1;
            for (int perSecond : FIRST_RATES) {
                SteadyRate first = new SteadyRate(perSecond, FIRST.dividedBy(shorter));
                first.run(number -> report(server, bots.get(number % BOTS)));
            }
            SteadyRate warmUp = new SteadyRate(PER_SECOND, WARM_UP.dividedBy(shorter));
            warmUp.run(number -> report(server, bots.get(number % BOTS)));
            PeerTopic.make(place.kafka(), PARTITIONS);
            Sample sample = Sample.newest(place.kafka(), PARTITIONS, SAMPLE, "external-reported");
            try (BareProducer producer = new BareProducer(place.kafka(), sample)) {
                for (int round = 1; round <= rounds; round++) {
                    SteadyRate.Latencies bare = rate.run(producer::send);
                    SteadyRate.Latencies ours = rate.run(number -> report(server, bots.get(number % BOTS)));
                    round(round, ours, bare);
                }
            }
        }
        return List.of(
                new Figure("reported-trade-p50", "ms", medians, Goal.atMost(P50_MILLISECONDS)),
                new Figure("reported-trade-p99-to-bare-producer", "x", ratios, Goal.atMost(TIMES_THE_PRODUCERS_P99)));
    }

    private void round(int number, SteadyRate.Latencies ours, SteadyRate.Latencies bare) {
        medians.add(ours.p50());
        ratios.add(ours.p99() / bare.p99());
        out.printf(
                Locale.ROOT,
                "round %d: %d trades/s by REST p50 %.2f ms, p99 %.1f ms; peer, a bare producer: p50 %.2f ms, p99 %.1f ms%n",
                number,
                PER_SECOND,
                ours.p50(),
                ours.p99(),
                bare.p50(),
                bare.p99());
    }

    /** A bot that runs elsewhere, as the load plays it. */
    private record Reporter(String id, String token) {}

    private List<Reporter> reporters(BotServer server) {
        List<Reporter> bots = new ArrayList<>();
        for (int number = 0; number < BOTS; number++) {
            String body = "{\"name\": \"bot %d\", \"system\": \"benchmark\"}".formatted(number);
            JsonNode made = Rest.json(rest.post(server.url("/api/v1/external-bots"), server.token(), body)
                    .join());
            bots.add(new Reporter(made.at("/bot").asText(), made.at("/token").asText()));
        }
        return bots;
    }

    private CompletableFuture<?> report(BotServer server, Reporter bot) {
        URI url = server.url("/api/v1/external-bots/" + bot.id() + "/events");
        String body = """
                {"type": "TRADE", "content": {"pair": "BTC/USDT", "side": "buy", "amount": "0.01500000", "rate": "64250.10",
                 "order": "%s"}}""".formatted(UUID.randomUUID());
        return rest.post(url, bot.token(), body);
    }
}
