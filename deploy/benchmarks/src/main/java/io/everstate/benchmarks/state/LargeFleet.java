package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.Oracle;
import io.everstate.benchmarks.place.Place;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** 10,000 bots with as many trades each as a state holds: snapshots, what they cost, looking back, and being ready again. */
final class LargeFleet {

    private static final int BOTS = 10_000;
    private static final int EVENTS_EACH = 104;
    private static final int QUICK_BOTS = 2_000;

    private final PrintStream out;

    LargeFleet(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        int bots = quick ? QUICK_BOTS : BOTS;
        List<Figure> figures = new ArrayList<>();
        try (Place place = Place.make();
                FleetLog log = FleetLog.make(place, "large-fleet")) {
            log.create(bots);
            log.goOn(EVENTS_EACH - 1);
            out.printf("%,d bots with %d events each%n", bots, EVENTS_EACH);
            try (FoldingService service = FoldingService.large(out, place, log)) {
                service.awaitAll();
                figures.addAll(new FullSnapshots(out, service).run(rounds));
                figures.addAll(new LookingBack(out, service, log).run(rounds));
                figures.addAll(new Interference(out, service, log).run(rounds, quick));
                figures.addAll(new Restart(out, service).run(rounds));
                if (!service.isRight(new Oracle(log))) {
                    throw new IllegalStateException("what was measured was not the fold of the log");
                }
            }
        }
        return figures;
    }
}
