package io.everstate.benchmarks.suite;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.figure.Percentile;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The suite as a whole: how soon it is ready, how much memory it takes, how soon a trade can be read. */
public final class SuiteBenchmark {

    private static final int ROUNDS = 5;
    private static final Duration TRADING = Duration.ofSeconds(20);
    private static final Duration QUICK_TRADING = Duration.ofSeconds(8);
    private static final double START_UP_SECONDS = 15;
    private static final double MEMORY_MEGABYTES = 1_600;
    private static final double LATENCY_MILLISECONDS = 150;
    private static final Map<String, String> MANY_TRADES =
            Map.of("EVERSTATE_MARKET_SPEED", "50", "EVERSTATE_FLEET_DEFAULT_ARBITRAGE_BOT", "false");

    private final PrintStream out;
    private final List<Double> startUps = new ArrayList<>();
    private final List<Double> platforms = new ArrayList<>();
    private final List<Double> memory = new ArrayList<>();
    private final List<Double> latencies = new ArrayList<>();

    public SuiteBenchmark(PrintStream out) {
        this.out = out;
    }

    /**
     * Each round starts everything in a new data directory, lets a bot trade, and stops everything. A round before the first is not
     * counted: the first ordered stop after a build writes the JVM's class archives.
     */
    public List<Figure> run(boolean quick) throws InterruptedException {
        try (SuiteProcess warmUp = SuiteProcess.start(Map.of())) {
            out.printf(Locale.ROOT, "warm-up, not counted: ready after %.1f s%n", warmUp.secondsToReady());
        }
        for (int round = 1; round <= (quick ? 1 : ROUNDS); round++) {
            round(round, quick ? QUICK_TRADING : TRADING);
        }
        out.printf(
                Locale.ROOT,
                "limit start-up: the platform alone (Kafka, PostgreSQL, S3) was up after %.1f s (median)%n",
                Figure.median(platforms));
        return List.of(
                new Figure("start-up", "s", startUps, Goal.atMost(START_UP_SECONDS)),
                new Figure("memory", "MB", memory, Goal.atMost(MEMORY_MEGABYTES)),
                new Figure("trade-readable-p99", "ms", latencies, Goal.atMost(LATENCY_MILLISECONDS)));
    }

    private void round(int number, Duration trading) throws InterruptedException {
        try (SuiteProcess suite = SuiteProcess.start(MANY_TRADES)) {
            TradeLatency latency = new TradeLatency(suite.services());
            List<Double> milliseconds = latency.measure(trading);
            if (latency.missing() > 0) {
                throw new IllegalStateException(latency.missing() + " acknowledged trades cannot be read");
            }
            startUps.add(suite.secondsToReady());
            platforms.add(suite.secondsToPlatform());
            memory.add(suite.residentMegabytes());
            latencies.add(Percentile.of(99, milliseconds));
            out.printf(
                    Locale.ROOT,
                    "round %d: ready after %.1f s, %.0f MB while trading, %d trades readable after p50 %.1f ms, p99 %.1f ms%n",
                    number,
                    suite.secondsToReady(),
                    memory.getLast(),
                    milliseconds.size(),
                    Percentile.of(50, milliseconds),
                    latencies.getLast());
        }
    }
}
