package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.fleet.BareLoop;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.SteadyWriter.Latencies;
import io.everstate.benchmarks.fleet.Watch;
import io.everstate.benchmarks.place.ChildJvm;
import io.everstate.benchmarks.place.Place;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast a log is archived, as a share of a loop that only reads it, and how soon a record is in the archive, read back. */
final class SegmentArchive {

    private static final int BOTS = 1_000;
    private static final int EVENTS_EACH = 1_000;
    private static final int QUICK_EVENTS_EACH = 200;
    private static final int EVENTS_A_SECOND = 2_000;
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final Duration QUICK_WINDOW = Duration.ofSeconds(10);
    private static final double SHARE = 0.5;
    private static final double SOON_MILLISECONDS = 1_500;
    private static final double BY_DEFAULT_MILLISECONDS = 6_000;
    private static final String SOON = "1s";
    private static final String BY_DEFAULT = "5s";

    private final PrintStream out;
    private final List<Double> shares = new ArrayList<>();
    private final List<Double> soon = new ArrayList<>();
    private final List<Double> byDefault = new ArrayList<>();

    SegmentArchive(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        try (Place place = Place.make();
                Endpoint endpoint = Endpoint.at(place)) {
            out.println("the endpoint is " + endpoint.text());
            try (FleetLog log = FleetLog.make(place, "backlog")) {
                log.create(BOTS);
                log.goOn((quick ? QUICK_EVENTS_EACH : EVENTS_EACH) - 1);
                for (int round = 1; round <= rounds; round++) {
                    throughput(round, place, endpoint, log);
                }
            }
            soon.addAll(latencies(rounds, quick, place, endpoint, SOON));
            byDefault.addAll(latencies(rounds, quick, place, endpoint, BY_DEFAULT));
        }
        return List.of(
                new Figure("segments-share-of-poll", "", shares, Goal.atLeast(SHARE)),
                new Figure("segments-p99-at-1s", "ms", soon, Goal.atMost(SOON_MILLISECONDS)),
                new Figure("segments-p99-at-5s", "ms", byDefault, Goal.atMost(BY_DEFAULT_MILLISECONDS)));
    }

    /** The one that was last is first in the next round. */
    private void throughput(int round, Place place, Endpoint endpoint, FleetLog log) throws InterruptedException {
        double bare = round % 2 == 1 ? bare(log) : 0;
        double ours;
        try (ArchivingService service = ArchivingService.start(place, endpoint.storage(), log, BY_DEFAULT)) {
            ours = service.rate();
            service.requireWhole();
        }
        bare = round % 2 == 1 ? bare : bare(log);
        shares.add(ours / bare);
        out.printf(
                Locale.ROOT,
                "round %d: of %,d records %,.0f a second archived and read back; a loop that only polls: %,.0f, share %.3f%n",
                round,
                log.records(),
                ours,
                bare,
                shares.getLast());
    }

    /** The same records, so that the share of records is that of bytes. */
    private static double bare(FleetLog log) throws InterruptedException {
        return Double.parseDouble(ChildJvm.run(
                List.of("-Xmx1g", "-XX:+UseParallelGC"),
                BareLoop.class,
                List.of(log.kafka(), log.topic(), Long.toString(log.records()), BareLoop.WITHOUT_PARSING)));
    }

    private List<Double> latencies(int rounds, boolean quick, Place place, Endpoint endpoint, String every)
            throws InterruptedException {
        List<Double> p99s = new ArrayList<>();
        try (FleetLog log = FleetLog.make(place, "steady-" + every)) {
            log.create(BOTS);
            try (ArchivingService service = ArchivingService.start(place, endpoint.storage(), log, every)) {
                service.awaitAll();
                for (int round = 1; round <= rounds; round++) {
                    Latencies seen =
                            Watch.until(log, service::archivedTo, EVENTS_A_SECOND, quick ? QUICK_WINDOW : WINDOW);
                    p99s.add(seen.p99());
                    out.printf(
                            Locale.ROOT,
                            "round %d: every %s, at %,d records/s: in the archive after p50 %.0f ms, p99 %.0f ms%n",
                            round,
                            every,
                            EVENTS_A_SECOND,
                            seen.p50(),
                            seen.p99());
                }
                service.requireWhole();
            }
        }
        return p99s;
    }
}
