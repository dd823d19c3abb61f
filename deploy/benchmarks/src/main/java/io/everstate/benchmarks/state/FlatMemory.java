package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.Oracle;
import io.everstate.benchmarks.place.Place;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether the heap stays as it is, however many events are folded: with 256 MB the process would end if it did not. */
final class FlatMemory {

    private static final int BOTS = 1_000;
    private static final int EVENTS_EACH_A_STEP = 1_000;
    private static final int QUICK_EVENTS_EACH_A_STEP = 50;
    private static final int STEPS = 10;
    private static final double GROWTH = 1.1;
    private static final double MEGABYTE = 1 << 20;
    private static final List<String> SMALL_JVM =
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=4", "-XX:ReservedCodeCacheSize=96m");

    private final PrintStream out;
    private final List<Double> live = new ArrayList<>();

    FlatMemory(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(boolean quick) throws InterruptedException {
        int each = quick ? QUICK_EVENTS_EACH_A_STEP : EVENTS_EACH_A_STEP;
        try (Place place = Place.make();
                FleetLog log = FleetLog.make(place, "flat-memory")) {
            log.create(BOTS);
            try (FoldingService service = FoldingService.small(out, place, log, SMALL_JVM)) {
                for (int step = 1; step <= STEPS; step++) {
                    step(log, service, each);
                }
                if (!service.isRight(new Oracle(log))) {
                    throw new IllegalStateException("what was folded is not the fold of the log");
                }
            }
        }
        // every bot holds as many trades as it can after the first two steps; only what is more than that is growth
        return List.of(
                new Figure("heap-growth-with-events", "", List.of(live.getLast() / live.get(1)), Goal.atMost(GROWTH)));
    }

    private void step(FleetLog log, FoldingService service, int each) throws InterruptedException {
        log.goOn(each);
        service.awaitAll();
        live.add(service.server().liveHeap() / MEGABYTE);
        out.printf(
                Locale.ROOT,
                "after %,d events of %,d bots %.0f MB live on a heap of 256 MB%n",
                log.records(),
                log.bots().size(),
                live.getLast());
    }
}
