package io.everstate.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** {@code deploy/benchmarks/run <name> [--quick]}. */
final class Main {

    private static final int ROUNDS = 5;
    private static final Duration TRADING = Duration.ofSeconds(20);
    private static final Duration QUICK_TRADING = Duration.ofSeconds(8);
    private static final int SHORT = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> given = List.of(arguments);
        boolean quick = given.contains("--quick");
        if (!given.equals(quick ? List.of("suite", "--quick") : List.of("suite"))) {
            out.println("usage: deploy/benchmarks/run suite [--quick]");
            System.exit(USAGE);
        }
        if (quick) {
            out.println("quick: one round; a look, not a result");
        }
        List<Figure> figures = new SuiteBenchmark(out).run(quick ? 1 : ROUNDS, quick ? QUICK_TRADING : TRADING);
        figures.forEach(figure -> out.println(figure.line()));
        System.exit(figures.stream().allMatch(Figure::reached) ? 0 : SHORT);
    }
}
