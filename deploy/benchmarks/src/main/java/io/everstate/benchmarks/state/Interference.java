package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.Watch;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** What folding loses while FULL snapshots are taken one after another, beside the same without any: of its rate in a backlog, and in freshness. */
final class Interference {

    private static final int EVENTS_EACH = 40;
    private static final int EVENTS_A_SECOND = 2_000;
    private static final double RATE = 0.85;
    private static final double FRESHNESS = 2;
    private static final double NANOS_A_SECOND = 1e9;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration QUICK = Duration.ofSeconds(3);

    private final PrintStream out;
    private final FoldingService service;
    private final FleetLog log;
    private final Snapshots snapshots;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> freshness = new ArrayList<>();

    Interference(PrintStream out, FoldingService service, FleetLog log) {
        this.out = out;
        this.service = service;
        this.log = log;
        this.snapshots = new Snapshots(service.server());
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            rates.add(rateRatio(round));
            freshness.add(freshnessRatio(round, quick ? QUICK : WINDOW));
        }
        return List.of(
                new Figure("fold-rate-during-snapshots", "", rates, Goal.atLeast(RATE)),
                new Figure("freshness-p99-during-snapshots", "", freshness, Goal.atMost(FRESHNESS)));
    }

    private double rateRatio(int round) throws InterruptedException {
        boolean first = round % 2 == 1;
        double without = first ? rate(false) : 0;
        double with = rate(true);
        without = first ? without : rate(false);
        out.printf(
                Locale.ROOT,
                "round %d: %,.0f events/s of a backlog folded, %,.0f events/s during snapshots%n",
                round,
                without,
                with);
        return with / without;
    }

    /** The backlog is written while the service is away, and begun with all partitions taken up. */
    private double rate(boolean withSnapshots) throws InterruptedException {
        service.server().end();
        log.goOn(EVENTS_EACH);
        service.server().launchAgain();
        service.server().awaitReady();
        service.awaitFolding();
        return withSnapshots ? duringSnapshots(this::rateOfRest) : rateOfRest();
    }

    private double rateOfRest() {
        long before = service.folded();
        long begin = System.nanoTime();
        service.awaitAll();
        return (log.records() - before) * NANOS_A_SECOND / (System.nanoTime() - begin);
    }

    private double freshnessRatio(int round, Duration window) throws InterruptedException {
        double without = freshness(window);
        double with = duringSnapshots(() -> freshness(window));
        out.printf(
                Locale.ROOT,
                "round %d: at %,d events/s in the database after p99 %.1f ms, p99 %.1f ms during snapshots%n",
                round,
                EVENTS_A_SECOND,
                without,
                with);
        return with / without;
    }

    private double freshness(Duration window) throws InterruptedException {
        return Watch.freshness(log, service.fleet(), EVENTS_A_SECOND, window).p99();
    }

    private interface Measuring {

        double run() throws InterruptedException;
    }

    /** While snapshots are taken one after another. */
    private double duringSnapshots(Measuring measuring) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> taking = CompletableFuture.supplyAsync(() -> {
            int taken = 0;
            while (!over.get()) {
                snapshots.takeFull();
                taken++;
            }
            return taken;
        });
        double measured;
        try {
            measured = measuring.run();
        } finally {
            over.set(true);
        }
        out.printf("%d FULL snapshots meanwhile%n", taking.join());
        return measured;
    }
}
