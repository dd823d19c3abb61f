package io.everstate.benchmarks;

import io.everstate.benchmarks.backup.BackupBenchmark;
import io.everstate.benchmarks.bots.BotsBenchmark;
import io.everstate.benchmarks.bots.FreqtradeBenchmark;
import io.everstate.benchmarks.bots.HandoverBenchmark;
import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.state.StateBenchmark;
import io.everstate.benchmarks.suite.SuiteBenchmark;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code deploy/benchmarks/run <name> [--quick]}. */
final class Main {

    private static final int SHORT = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> given = List.of(arguments);
        boolean quick = given.size() == 2 && given.getLast().equals("--quick");
        Map<String, Benchmark> benchmarks = benchmarks(out);
        Benchmark benchmark = given.size() == (quick ? 2 : 1) ? benchmarks.get(given.getFirst()) : null;
        if (benchmark == null) {
            out.println("usage: deploy/benchmarks/run " + String.join("|", benchmarks.keySet()) + " [--quick]");
            System.exit(USAGE);
            return;
        }
        if (quick) {
            out.println("quick: one round; a look, not a result");
        }
        List<Figure> figures = benchmark.run(quick);
        figures.forEach(figure -> out.println(figure.line()));
        System.exit(figures.stream().allMatch(Figure::reached) ? 0 : SHORT);
    }

    private static Map<String, Benchmark> benchmarks(PrintStream out) {
        StateBenchmark state = new StateBenchmark(out);
        Map<String, Benchmark> benchmarks = new TreeMap<>(Map.of(
                "suite", new SuiteBenchmark(out)::run,
                "bots", new BotsBenchmark(out)::run,
                "handover", new HandoverBenchmark(out)::run,
                "freqtrade", new FreqtradeBenchmark(out)::run,
                "state", state::run));
        benchmarks.put("state-catch-up", state::catchUp);
        benchmarks.put("state-uncoalesced", state::uncoalesced);
        benchmarks.put("state-incremental", state::incremental);
        benchmarks.put("state-freshness", state::freshness);
        benchmarks.put("state-fleet", state::largeFleet);
        benchmarks.put("state-reading", state::reading);
        benchmarks.put("state-memory", state::memory);
        BackupBenchmark backup = new BackupBenchmark(out);
        benchmarks.put("backup", backup::run);
        benchmarks.put("backup-tree", backup::tree);
        benchmarks.put("backup-large", backup::large);
        benchmarks.put("backup-segments", backup::segments);
        return benchmarks;
    }
}
