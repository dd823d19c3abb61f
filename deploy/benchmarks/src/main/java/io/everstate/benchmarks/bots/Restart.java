package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How soon 1,000 bots run again after SIGKILL, from the log alone. */
final class Restart {

    private static final int BOTS = 1_000;
    private static final double SECONDS = 3;
    private static final double BARS_A_SECOND = 1;
    private static final Duration TRADING = Duration.ofSeconds(10);

    private final PrintStream out;
    private final List<Double> seconds = new ArrayList<>();

    Restart(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds) throws InterruptedException {
        try (Place place = Place.make();
                BotServer server = BotServer.start(place, new BotServer.Settings(BARS_A_SECOND, Bench.LARGE_JVM))) {
            HostedFleet fleet = new HostedFleet(server);
            fleet.run(BOTS, HostedFleet.RESTLESS);
            for (int round = 1; round <= rounds; round++) {
                server.letRun(TRADING);
                long begin = System.nanoTime();
                server.killAndStart();
                fleet.awaitRunning(BOTS);
                seconds.add((System.nanoTime() - begin) / 1e9);
                out.printf(
                        Locale.ROOT,
                        "round %d: %d bots run %.2f s after SIGKILL and a new process%n",
                        round,
                        BOTS,
                        seconds.getLast());
            }
        }
        return List.of(new Figure("restart-1000-bots", "s", seconds, Goal.atMost(SECONDS)));
    }
}
