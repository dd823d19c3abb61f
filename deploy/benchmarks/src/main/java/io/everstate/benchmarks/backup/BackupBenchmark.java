package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.figure.Figure;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What backup-service takes and gives, part by part, each on a platform of its own. */
public final class BackupBenchmark {

    private static final int ROUNDS = 5;

    private final PrintStream out;

    public BackupBenchmark(PrintStream out) {
        this.out = out;
    }

    /** All of it but {@link #large}, which is long. */
    public List<Figure> run(boolean quick) throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(tree(quick));
        figures.addAll(segments(quick));
        return figures;
    }

    public List<Figure> tree(boolean quick) throws InterruptedException {
        return new TreeBackups(out).run(rounds(quick), quick);
    }

    public List<Figure> large(boolean quick) throws InterruptedException {
        return new LargeBackups(out).run(quick);
    }

    public List<Figure> segments(boolean quick) throws InterruptedException {
        return new SegmentArchive(out).run(rounds(quick), quick);
    }

    private static int rounds(boolean quick) {
        return quick ? 1 : ROUNDS;
    }
}
