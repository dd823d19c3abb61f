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

/** So many bots that each has one event: each event is a row, and nothing is spared. As a share of writing the same rows from memory. */
final class Uncoalesced {

    private static final int BOTS = 1_000_000;
    private static final int QUICK_BOTS = 100_000;
    private static final double SHARE = 0.85;

    private final PrintStream out;
    private final List<Double> shares = new ArrayList<>();

    Uncoalesced(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        try (Place place = Place.make();
                FleetLog log = FleetLog.make(place, "uncoalesced")) {
            log.create(quick ? QUICK_BOTS : BOTS);
            Oracle oracle = new Oracle(log);
            for (int round = 1; round <= rounds; round++) {
                round(round, place, log, oracle);
            }
        }
        return List.of(new Figure("uncoalesced-share-of-upsert", "", shares, Goal.atLeast(SHARE)));
    }

    private void round(int round, Place place, FleetLog log, Oracle oracle) {
        try (FoldingService service = FoldingService.large(out, place, log)) {
            double ours = service.rate(oracle);
            service.server().kill();
            double raw = RawUpsert.rate(service.fleet().connection());
            shares.add(ours / raw);
            out.printf(
                    Locale.ROOT,
                    "round %d: %,.0f of %,d bots/s folded; the same rows by unnest from memory: %,.0f rows/s, share %.3f%n",
                    round,
                    ours,
                    log.bots().size(),
                    raw,
                    shares.getLast());
        }
    }
}
