package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Place;
import io.everstate.benchmarks.place.StateServer;
import io.everstate.cli.console.Poll;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** How soon a replica's bots run at the other one: after it was told to stop, and after SIGKILL. */
final class Handover {

    private static final int BOTS = 1_000;
    private static final double HANDOVER_SECONDS = 2;
    private static final double TAKEOVER_SECONDS = 8;
    private static final double BARS_A_SECOND = 1;
    /** Less often than the others: each look costs the replica that is to take over some milliseconds. */
    private static final Duration LOOK = Duration.ofMillis(25);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** A replica that is updated has run for long: its code is compiled. */
    private static final Duration TRADING = Duration.ofSeconds(30);

    private final PrintStream out;
    private final List<Double> handovers = new ArrayList<>();
    private final List<Double> takeovers = new ArrayList<>();

    Handover(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds) throws InterruptedException {
        try (Place place = Place.make();
                StateServer states = StateServer.start(place, Bench.LARGE_JVM);
                BotServer stays = replica(place, states);
                BotServer goes = replica(place, states)) {
            new HostedFleet(stays).start(BOTS, HostedFleet.RESTLESS);
            for (int round = 1; round <= rounds; round++) {
                handovers.add(after(goes::terminate, stays, goes));
                goes.startAgain();
                takeovers.add(after(goes::kill, stays, goes));
                goes.startAgain();
                out.printf(
                        Locale.ROOT,
                        "round %d: all %d bots run at the other replica %.2f s after SIGTERM of one, %.2f s after SIGKILL%n",
                        round,
                        BOTS,
                        handovers.getLast(),
                        takeovers.getLast());
            }
        }
        return List.of(
                new Figure("handover-1000-bots", "s", handovers, Goal.atMost(HANDOVER_SECONDS)),
                new Figure("takeover-1000-bots", "s", takeovers, Goal.atMost(TAKEOVER_SECONDS)));
    }

    private static BotServer replica(Place place, StateServer states) {
        return BotServer.start(place, new BotServer.Settings(BARS_A_SECOND, Bench.LARGE_JVM, states.url("")));
    }

    /** From the signal on. */
    private static double after(Runnable signal, BotServer stays, BotServer goes) throws InterruptedException {
        await(() -> running(goes) > 0 && running(goes) + running(stays) == BOTS, "share the bots");
        stays.letRun(TRADING);
        long begin = System.nanoTime();
        signal.run();
        await(() -> running(stays) == BOTS, "run all bots at the one that stays");
        return (System.nanoTime() - begin) / 1e9;
    }

    private static int running(BotServer server) {
        return (int) server.metric("everstate_bots_running");
    }

    private static void await(Supplier<Boolean> what, String words) {
        if (!Poll.untilTrue(what, LOOK, PATIENCE)) {
            throw new IllegalStateException("the two replicas do not " + words);
        }
    }
}
