package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.fleet.BareLoop;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.Oracle;
import io.everstate.benchmarks.fleet.StreamsFold;
import io.everstate.benchmarks.place.ChildJvm;
import io.everstate.benchmarks.place.Place;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.StreamsConfig;

/** How fast a backlog is folded into an empty database, as a share of a loop that reads and parses the same topic and does nothing with it. */
final class CatchUp {

    private static final int BOTS = 20_000;
    private static final int EVENTS_EACH = 150;
    private static final int QUICK_BOTS = 4_000;
    private static final int QUICK_EVENTS_EACH = 50;
    private static final double SHARE = 0.75;
    private static final double TO_EXACTLY_ONCE = 4;
    private static final double TO_AT_LEAST_ONCE = 2;
    private static final double TO_COPY = 0.85;

    private final PrintStream out;
    private final List<Double> shares = new ArrayList<>();
    private final List<Double> toExactlyOnce = new ArrayList<>();
    private final List<Double> toAtLeastOnce = new ArrayList<>();
    private final List<Double> toCopy = new ArrayList<>();

    CatchUp(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        try (Place place = Place.make();
                FleetLog log = FleetLog.make(place, "catch-up")) {
            log.create(quick ? QUICK_BOTS : BOTS);
            log.goOn((quick ? QUICK_EVENTS_EACH : EVENTS_EACH) - 1);
            out.printf(
                    "a backlog of %,d events of %,d bots%n",
                    log.records(), log.bots().size());
            Oracle oracle = new Oracle(log);
            for (int round = 1; round <= rounds; round++) {
                round(round, place, log, oracle);
            }
        }
        return List.of(
                new Figure("catch-up-share-of-parsing", "", shares, Goal.atLeast(SHARE)),
                new Figure("catch-up-to-streams-exactly-once", "", toExactlyOnce, Goal.atLeast(TO_EXACTLY_ONCE)),
                new Figure("catch-up-to-streams-at-least-once", "", toAtLeastOnce, Goal.atLeast(TO_AT_LEAST_ONCE)),
                new Figure("catch-up-to-copy", "", toCopy, Goal.atLeast(TO_COPY)));
    }

    /** The one that was last is first in the next round. */
    private void round(int round, Place place, FleetLog log, Oracle oracle) throws InterruptedException {
        double bare = round % 2 == 1 ? bare(log) : 0;
        double ours = ours(place, log, oracle);
        bare = round % 2 == 1 ? bare : bare(log);
        shares.add(ours / bare);
        out.printf(
                Locale.ROOT,
                "round %d: %,.0f events/s folded into PostgreSQL; a loop that parses alone: %,.0f events/s, share %.3f%n",
                round,
                ours,
                bare,
                shares.getLast());
        double exactlyOnce = streams(log, StreamsConfig.EXACTLY_ONCE_V2);
        double atLeastOnce = streams(log, StreamsConfig.AT_LEAST_ONCE);
        toExactlyOnce.add(ours / exactlyOnce);
        toAtLeastOnce.add(ours / atLeastOnce);
        out.printf(
                Locale.ROOT,
                "Kafka Streams, the same fold: %,.0f events/s exactly once, %,.0f at least once%n",
                exactlyOnce,
                atLeastOnce);
    }

    private double ours(Place place, FleetLog log, Oracle oracle) {
        try (FoldingService service = FoldingService.large(out, place, log)) {
            double rate = service.rate(oracle);
            out.printf(
                    Locale.ROOT,
                    "state-service took %.1f s of processor time, its start included%n",
                    service.server().processorSeconds());
            service.server().kill();
            double copy = RawCopy.rate(service.fleet().connection());
            toCopy.add(rate / copy);
            out.printf(Locale.ROOT, "the same trades by COPY from memory: %,.0f rows/s%n", copy);
            return rate;
        }
    }

    private static double streams(FleetLog log, String guarantee) throws InterruptedException {
        return Double.parseDouble(ChildJvm.run(
                List.of("-Xmx2g", "-XX:+UseParallelGC"),
                StreamsFold.class,
                List.of(log.kafka(), log.topic(), guarantee, Long.toString(log.records()))));
    }

    private static double bare(FleetLog log) throws InterruptedException {
        return Double.parseDouble(ChildJvm.run(
                List.of("-Xmx1g", "-XX:+UseParallelGC"),
                BareLoop.class,
                List.of(log.kafka(), log.topic(), Long.toString(log.records()))));
    }
}
