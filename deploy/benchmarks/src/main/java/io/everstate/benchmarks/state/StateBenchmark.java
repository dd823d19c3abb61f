package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What state-service takes and gives, part by part, each on a platform of its own. */
public final class StateBenchmark {

    private static final int ROUNDS = 5;

    private final PrintStream out;

    public StateBenchmark(PrintStream out) {
        this.out = out;
    }

    /** All of it. */
    public List<Figure> run(boolean quick) throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(catchUp(quick));
        figures.addAll(uncoalesced(quick));
        figures.addAll(incremental(quick));
        figures.addAll(freshness(quick));
        figures.addAll(largeFleet(quick));
        figures.addAll(reading(quick));
        figures.addAll(memory(quick));
        return figures;
    }

    public List<Figure> catchUp(boolean quick) throws InterruptedException {
        return new CatchUp(out).run(rounds(quick), quick);
    }

    public List<Figure> uncoalesced(boolean quick) throws InterruptedException {
        return new Uncoalesced(out).run(rounds(quick), quick);
    }

    public List<Figure> incremental(boolean quick) throws InterruptedException {
        return new IncrementalSnapshots(out).run(rounds(quick), quick);
    }

    public List<Figure> freshness(boolean quick) throws InterruptedException {
        return new Freshness(out).run(rounds(quick), quick);
    }

    public List<Figure> largeFleet(boolean quick) throws InterruptedException {
        return new LargeFleet(out).run(rounds(quick), quick);
    }

    public List<Figure> reading(boolean quick) throws InterruptedException {
        return new Reading(out).run(rounds(quick), quick);
    }

    public List<Figure> memory(boolean quick) throws InterruptedException {
        return new FlatMemory(out).run(quick);
    }

    private static int rounds(boolean quick) {
        return quick ? 1 : ROUNDS;
    }
}
