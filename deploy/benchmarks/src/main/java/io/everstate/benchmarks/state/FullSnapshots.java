package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a snapshot of all bots takes until it is stored and was read back. */
final class FullSnapshots {

    private static final int WARM_UP = 3;
    private static final double SECONDS = 1;

    private final PrintStream out;
    private final Snapshots snapshots;

    FullSnapshots(PrintStream out, FoldingService service) {
        this.out = out;
        this.snapshots = new Snapshots(service.server());
    }

    List<Figure> run(int rounds) {
        for (int count = 0; count < WARM_UP; count++) {
            snapshots.takeFull();
        }
        List<Double> seconds = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            seconds.add(snapshots.takeFull());
            out.printf(Locale.ROOT, "round %d: a FULL snapshot in %.2f s%n", round, seconds.getLast());
        }
        return List.of(new Figure("snapshot-full", "s", seconds, Goal.atMost(SECONDS)));
    }
}
