package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.figure.Percentile;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.place.Rest;
import io.everstate.contracts.bot.BotId;
import java.io.PrintStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** How long the state of one bot as it was takes: behind the newest snapshot five events of every bot, which is five minutes of one-minute candles. */
final class LookingBack {

    private static final int EVENTS_BEHIND = 5;
    private static final int WARM_UP = 100;
    private static final int QUESTIONS = 300;
    private static final double P99_MILLISECONDS = 100;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private final PrintStream out;
    private final FoldingService service;
    private final FleetLog log;
    private final Rest rest = new Rest();
    private final Random random = new Random(7);

    LookingBack(PrintStream out, FoldingService service, FleetLog log) {
        this.out = out;
        this.service = service;
        this.log = log;
    }

    List<Figure> run(int rounds) {
        new Snapshots(service.server()).takeFull();
        long known = log.sequence();
        Instant then = log.newest();
        log.goOn(EVENTS_BEHIND);
        service.awaitAll();
        return List.of(
                figure("past-by-sequence-p99", rounds, "sequence=" + (known + 2)),
                figure("past-by-time-p99", rounds, "at=" + then.plusSeconds(130)));
    }

    private Figure figure(String name, int rounds, String moment) {
        measured(WARM_UP, moment);
        List<Double> p99 = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            List<Double> milliseconds = measured(QUESTIONS, moment);
            p99.add(Percentile.of(99, milliseconds));
            out.printf(
                    Locale.ROOT,
                    "round %d: one bot as it was, %s: p50 %.1f ms, p99 %.1f ms%n",
                    round,
                    moment,
                    Percentile.of(50, milliseconds),
                    p99.getLast());
        }
        return new Figure(name, "ms", p99, Goal.atMost(P99_MILLISECONDS));
    }

    private List<Double> measured(int questions, String moment) {
        List<BotId> bots = log.bots();
        List<Double> milliseconds = new ArrayList<>(questions);
        for (int question = 0; question < questions; question++) {
            URI url = service.server().url("/api/v1/bots/" + bots.get(random.nextInt(bots.size())) + "?" + moment);
            long begin = System.nanoTime();
            rest.get(url, service.server().token()).join();
            milliseconds.add((System.nanoTime() - begin) / NANOS_A_MILLISECOND);
        }
        return milliseconds;
    }
}
