package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Place;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** 10,000 bots on one-minute candles in one replica whose heap cannot grow beyond the goal; it would end if that were too little. */
final class LargeFleet {

    private static final int BOTS = 10_000;
    private static final int QUICK_BOTS = 2_000;
    private static final double BARS_A_SECOND = 1 / 60.0;
    private static final double HEAP_MEGABYTES = 512;
    private static final double MEGABYTE = 1 << 20;
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration QUICK = Duration.ofSeconds(5);

    private final PrintStream out;
    private final List<Double> live = new ArrayList<>();

    LargeFleet(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        int bots = quick ? QUICK_BOTS : BOTS;
        try (Place place = Place.make();
                BotServer server = BotServer.start(place, new BotServer.Settings(BARS_A_SECOND, Bench.LARGE_JVM))) {
            new HostedFleet(server).run(bots, HostedFleet.ORDINARY);
            for (int round = 1; round <= rounds; round++) {
                server.letRun(quick ? QUICK : BETWEEN);
                live.add(server.liveHeap() / MEGABYTE);
                out.printf(
                        Locale.ROOT,
                        "minute %d: %d bots run, %.0f MB live on a heap of at most 512 MB, %.0f events so far%n",
                        round,
                        new HostedFleet(server).running(),
                        live.getLast(),
                        server.metric("everstate_bot_events_applied_total"));
            }
        }
        return List.of(new Figure("heap-" + bots + "-bots", "MB", live, Goal.atMost(HEAP_MEGABYTES)));
    }
}
