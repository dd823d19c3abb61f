package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Figure;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** One bot-service on the embedded platform: how fast, how many, how soon again. */
public final class BotsBenchmark {

    private static final int ROUNDS = 5;

    private final PrintStream out;

    public BotsBenchmark(PrintStream out) {
        this.out = out;
    }

    public List<Figure> run(boolean quick) throws InterruptedException {
        int rounds = quick ? 1 : ROUNDS;
        List<Figure> figures = new ArrayList<>();
        figures.addAll(new TradeReports(out).run(rounds, quick));
        figures.addAll(new EventThroughput(out).run(rounds, quick));
        figures.addAll(new Restart(out).run(rounds));
        figures.addAll(new LocalCheckpoints(out).run(rounds));
        figures.addAll(new LargeFleet(out).run(rounds, quick));
        return figures;
    }
}
