package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.StateServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How soon 1,000 bots run again after SIGKILL: from what state-service has folded, and from the log alone. */
final class Restart {

    private static final int BOTS = 1_000;
    private static final double SECONDS = 3;
    private static final double BARS_A_SECOND = 1;
    private static final Duration TRADING = Duration.ofSeconds(10);

    private final PrintStream out;

    Restart(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds) throws InterruptedException {
        return List.of(
                figure("restart-1000-bots", withStateService(rounds)),
                figure("restart-1000-bots-from-the-log", fromTheLog(rounds)));
    }

    private static Figure figure(String name, List<Double> seconds) {
        return new Figure(name, "s", seconds, Goal.atMost(SECONDS));
    }

    private List<Double> withStateService(int rounds) throws InterruptedException {
        try (Place place = Place.make();
                StateServer states = StateServer.start(place, Bench.LARGE_JVM)) {
            BotServer.Settings settings = new BotServer.Settings(BARS_A_SECOND, Bench.LARGE_JVM, states.url(""));
            return measured(place, settings, rounds, "with state-service");
        }
    }

    private List<Double> fromTheLog(int rounds) throws InterruptedException {
        try (Place place = Place.make()) {
            BotServer.Settings settings = new BotServer.Settings(BARS_A_SECOND, Bench.LARGE_JVM);
            return measured(place, settings, rounds, "from the log alone");
        }
    }

    private List<Double> measured(Place place, BotServer.Settings settings, int rounds, String how)
            throws InterruptedException {
        List<Double> seconds = new ArrayList<>();
        try (BotServer server = BotServer.start(place, settings)) {
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
                        "round %d: %d bots run %.2f s after SIGKILL and a new process, %s%n",
                        round,
                        BOTS,
                        seconds.getLast(),
                        how);
            }
        }
        return seconds;
    }
}
