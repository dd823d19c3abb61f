package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How soon after SIGKILL a new process is ready and folds all partitions again, with the archive of classes that every stop in order leaves. */
final class Restart {

    private static final double SECONDS = 5;
    private static final double NANOS_A_SECOND = 1e9;

    private final PrintStream out;
    private final FoldingService service;

    Restart(PrintStream out, FoldingService service) {
        this.out = out;
        this.service = service;
    }

    List<Figure> run(int rounds) {
        service.server().terminate();
        service.server().startAgain();
        service.awaitFolding();
        List<Double> seconds = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            long begin = System.nanoTime();
            service.server().killAndStart();
            service.server().awaitReady();
            double ready = (System.nanoTime() - begin) / NANOS_A_SECOND;
            service.awaitFolding();
            seconds.add((System.nanoTime() - begin) / NANOS_A_SECOND);
            out.printf(
                    Locale.ROOT,
                    "round %d: answers after %.2f s, folds all partitions after %.2f s%n",
                    round,
                    ready,
                    seconds.getLast());
        }
        return List.of(new Figure("restart-ready", "s", seconds, Goal.atMost(SECONDS)));
    }
}
