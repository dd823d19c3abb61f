package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.Oracle;
import io.everstate.benchmarks.fleet.SteadyWriter.Latencies;
import io.everstate.benchmarks.fleet.Watch;
import io.everstate.benchmarks.place.Place;
import io.everstate.platform.launcher.Database;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How soon a reader sees an event at as many events a second as a thousand hosted bots can make, each with the 100 trades that a state holds;
 * and beside it, in a window of its own, how soon it is in the database, which a reader of a single bot does not wait for.
 */
final class Freshness {

    private static final int EVENTS_A_SECOND = 20_000;
    private static final int BOTS = 1_000;
    private static final int EVENTS_EACH = 120;
    private static final double P50_MILLISECONDS = 10;
    private static final double P99_TO_FLOOR = 3;
    private static final int WARM_UPS = 3;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration QUICK = Duration.ofSeconds(3);

    private final PrintStream out;
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> storedMedians = new ArrayList<>();
    private final List<Double> storedRatios = new ArrayList<>();

    /** @param peer a topic of its own, of which no service knows */
    private record Stand(FleetLog peer, FleetLog log, Database commits, FoldingService service) {}

    Freshness(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        Duration window = quick ? QUICK : WINDOW;
        try (Place place = Place.make();
                FleetLog peer = FleetLog.make(place, "round-trip");
                FleetLog log = FleetLog.make(place, "freshness")) {
            peer.create(BOTS);
            log.create(BOTS);
            log.goOn(EVENTS_EACH - 1);
            Database commits = place.newDatabase("commits");
            try (FoldingService service = FoldingService.large(out, place, log)) {
                service.awaitAll();
                Stand stand = new Stand(peer, log, commits, service);
                warmUp(stand, quick ? 1 : WARM_UPS, window);
                for (int round = 1; round <= rounds; round++) {
                    measure(round, window, stand);
                }
                if (!service.isRight(new Oracle(log))) {
                    throw new IllegalStateException("what was fresh was not right");
                }
            }
        }
        return List.of(
                new Figure("freshness-p50", "ms", medians, Goal.atMost(P50_MILLISECONDS)),
                new Figure("freshness-p99-to-floor", "", ratios, Goal.atMost(P99_TO_FLOOR)),
                new Figure("durable-in-database-p50", "ms", storedMedians, Goal.none()),
                new Figure("durable-in-database-p99-to-floor", "", storedRatios, Goal.none()));
    }

    /** The compilers of the service and of this process take a processor for themselves at first. */
    private static void warmUp(Stand stand, int times, Duration window) throws InterruptedException {
        for (int time = 0; time < times; time++) {
            Watch.roundTrip(stand.peer(), EVENTS_A_SECOND, QUICK);
            WatchedBot.freshness(stand.log(), 0, stand.service().server(), EVENTS_A_SECOND, window);
            Watch.freshness(stand.log(), stand.service().fleet(), EVENTS_A_SECOND, window);
            stand.service().awaitAll();
        }
    }

    private void measure(int round, Duration window, Stand stand) throws InterruptedException {
        Latencies bare = Watch.roundTrip(stand.peer(), EVENTS_A_SECOND, window);
        double commit = DurableCommits.p99(stand.commits());
        double floor = bare.p99() + commit;
        out.printf(
                Locale.ROOT,
                "round %d: at %,d events/s a bare round trip p50 %.1f ms, p99 %.1f ms, a durable commit p99 %.2f ms; stood still itself for %d ms%n",
                round,
                EVENTS_A_SECOND,
                bare.p50(),
                bare.p99(),
                commit,
                bare.pauses());
        FoldingService service = stand.service();
        // Another bot in each round, so of another partition in most
        Latencies read = WatchedBot.freshness(stand.log(), round, service.server(), EVENTS_A_SECOND, window);
        add("read over REST", read, floor, medians, ratios);
        service.awaitAll();
        Latencies stored = Watch.freshness(stand.log(), service.fleet(), EVENTS_A_SECOND, window);
        add("in the database", stored, floor, storedMedians, storedRatios);
    }

    private void add(String where, Latencies ours, double floor, List<Double> p50, List<Double> p99ToFloor) {
        p50.add(ours.p50());
        p99ToFloor.add(ours.p99() / floor);
        out.printf(
                Locale.ROOT,
                "  %s after p50 %.1f ms, p99 %.1f ms, of %,d events; stood still itself for %d ms%n",
                where,
                ours.p50(),
                ours.p99(),
                ours.milliseconds().size(),
                ours.pauses());
    }
}
