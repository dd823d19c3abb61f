package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Place;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many events of hosted bots one replica makes durable in a second: appended, read back, folded. */
final class EventThroughput {

    private static final int BOTS = 1_000;
    private static final int PARTITIONS = 12;
    private static final int SAMPLE = 12_000;
    private static final int PEER_RECORDS = 400_000;
    private static final double EVENTS_A_SECOND = 20_000;
    private static final double SHARE_OF_PEER = 0.5;
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(3);
    /** More than can be had: every bot decides again as soon as its last event counts. */
    private static final double BARS_A_SECOND = 100;

    private final PrintStream out;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();

    EventThroughput(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        var settings = new BotServer.Settings(BARS_A_SECOND, Bench.LARGE_JVM);
        try (Place place = Place.make();
                BotServer server = BotServer.start(place, settings)) {
            HostedFleet fleet = new HostedFleet(server);
            fleet.run(BOTS, HostedFleet.RESTLESS);
            PeerTopic.make(place.kafka(), PARTITIONS);
            server.letRun(WARM_UP);
            for (int round = 1; round <= rounds; round++) {
                double rate = ours(server, quick);
                fleet.pause();
                double peer = peer(place, quick);
                fleet.resume(BOTS);
                server.letRun(SETTLING);
                rates.add(rate);
                shares.add(rate / peer);
                out.printf(
                        Locale.ROOT,
                        "round %d: %.0f events/s of %d hosted bots; peer kafka-producer-perf-test, as many bytes a record: %.0f records/s%n",
                        round,
                        rate,
                        BOTS,
                        peer);
            }
        }
        return List.of(
                new Figure("hosted-events", "1/s", rates, Goal.atLeast(EVENTS_A_SECOND)),
                new Figure("hosted-events-share-of-peer", "", shares, Goal.atLeast(SHARE_OF_PEER)));
    }

    private static double ours(BotServer server, boolean quick) throws InterruptedException {
        double before = applied(server);
        long begin = System.nanoTime();
        server.letRun(quick ? QUICK_WINDOW : WINDOW);
        double events = applied(server) - before;
        return events / ((System.nanoTime() - begin) / 1e9);
    }

    private static double applied(BotServer server) {
        return server.metric("everstate_bot_events_applied_total");
    }

    private double peer(Place place, boolean quick) throws InterruptedException {
        Sample sample = Sample.newest(place.kafka(), PARTITIONS, SAMPLE, "trade-executed");
        out.printf(Locale.ROOT, "a record has %.0f bytes with its headers%n", sample.averageBytes());
        Path payloads = place.directory().resolve("payloads.txt");
        sample.writeLines(payloads);
        return PerformanceTest.run(place.kafka(), PeerTopic.NAME, payloads, quick ? PEER_RECORDS / 4 : PEER_RECORDS);
    }
}
