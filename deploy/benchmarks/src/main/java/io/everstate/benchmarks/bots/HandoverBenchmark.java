package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Figure;
import java.io.PrintStream;
import java.util.List;

/** Two replicas of bot-service that share a fleet, and the group protocols by which they could. */
public final class HandoverBenchmark {

    private static final int ROUNDS = 5;

    private final PrintStream out;

    public HandoverBenchmark(PrintStream out) {
        this.out = out;
    }

    public List<Figure> run(boolean quick) throws InterruptedException {
        int rounds = quick ? 1 : ROUNDS;
        new GroupProtocols(out).run(rounds);
        return new Handover(out).run(rounds);
    }
}
