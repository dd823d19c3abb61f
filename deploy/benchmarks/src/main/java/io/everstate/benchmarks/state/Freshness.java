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

/** How soon an event is in the database at as many events a second as a thousand hosted bots can make, each with the 100 trades that a state holds. */
final class Freshness {

    private static final int EVENTS_A_SECOND = 20_000;
    private static final int BOTS = 1_000;
    private static final int EVENTS_EACH = 120;
    private static final double P50_MILLISECONDS = 10;
    private static final double P99_TO_FLOOR = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration QUICK = Duration.ofSeconds(3);

    private final PrintStream out;
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

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
                Watch.freshness(log, service.fleet(), EVENTS_A_SECOND, quick ? QUICK : WARM_UP);
                for (int round = 1; round <= rounds; round++) {
                    Latencies bare = Watch.roundTrip(peer, EVENTS_A_SECOND, window);
                    double commit = DurableCommits.p99(commits);
                    add(round, bare, commit, Watch.freshness(log, service.fleet(), EVENTS_A_SECOND, window));
                }
                if (!service.isRight(new Oracle(log))) {
                    throw new IllegalStateException("what was fresh was not right");
                }
            }
        }
        return List.of(
                new Figure("freshness-p50", "ms", medians, Goal.atMost(P50_MILLISECONDS)),
                new Figure("freshness-p99-to-floor", "", ratios, Goal.atMost(P99_TO_FLOOR)));
    }

    private void add(int round, Latencies bare, double commit, Latencies ours) {
        medians.add(ours.p50());
        ratios.add(ours.p99() / (bare.p99() + commit));
        out.printf(
                Locale.ROOT,
                "round %d: at %,d events/s in the database after p50 %.1f ms, p99 %.1f ms; a bare round trip p50 %.1f ms, p99 %.1f ms, a durable commit p99 %.2f ms%n",
                round,
                EVENTS_A_SECOND,
                ours.p50(),
                ours.p99(),
                bare.p50(),
                bare.p99(),
                commit);
    }
}
