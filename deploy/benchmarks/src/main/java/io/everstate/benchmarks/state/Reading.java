package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.fleet.FleetLog;
import io.everstate.benchmarks.fleet.Oracle;
import io.everstate.benchmarks.fleet.SteadyWriter;
import io.everstate.benchmarks.place.Place;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** How long an operator waits for what is made of all bots, at 100,000 of them, while they trade. */
final class Reading {

    private static final int BOTS = 100_000;
    private static final int EVENTS_EACH = 22;
    private static final int QUICK_EVENTS_EACH = 7;
    /** A little more than one-minute candles make of so many bots. */
    private static final int EVENTS_A_SECOND = 2_000;

    private static final int EVENTS_AT_ONCE = 5 * EVENTS_A_SECOND;
    private static final int WARM_UP = 50;
    private static final int TURNS = 200;
    private static final int QUICK_TURNS = 100;

    private final PrintStream out;

    Reading(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds, boolean quick) throws InterruptedException {
        int each = quick ? QUICK_EVENTS_EACH : EVENTS_EACH;
        try (Place place = Place.make();
                FleetLog log = FleetLog.make(place, "reading")) {
            log.create(BOTS);
            log.goOn(each - 1);
            try (FoldingService service = FoldingService.large(out, place, log)) {
                service.awaitAll();
                out.printf(
                        "%,d bots with %d events each, and %,d events/s while they are read%n",
                        BOTS, each, EVENTS_A_SECOND);
                FleetQuestions questions = new FleetQuestions(service, log.bots());
                whileBotsTrade(log, () -> ask(questions, rounds, quick ? QUICK_TURNS : TURNS));
                if (!service.isRight(new Oracle(log))) {
                    throw new IllegalStateException("what was read was not the fold of the log");
                }
                return questions.figures();
            }
        }
    }

    private void ask(FleetQuestions questions, int rounds, int turns) {
        questions.warmUp(WARM_UP);
        for (int round = 1; round <= rounds; round++) {
            out.printf("round %d:%n", round);
            questions.round(turns, out);
        }
    }

    /** On a thread of its own: on two processors the common pool has one, which the answers to HTTP requests need too. */
    private static void whileBotsTrade(FleetLog log, Runnable reading) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> trading = CompletableFuture.runAsync(
                () -> {
                    while (!over.get()) {
                        SteadyWriter.write(log.kafka(), log.next(EVENTS_AT_ONCE), EVENTS_A_SECOND);
                    }
                },
                task -> Thread.ofPlatform().start(task));
        try {
            reading.run();
        } finally {
            over.set(true);
        }
        trading.join();
    }
}
