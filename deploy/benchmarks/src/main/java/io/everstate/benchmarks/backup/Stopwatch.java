package io.everstate.benchmarks.backup;

/** How long something takes, in seconds. */
final class Stopwatch {

    private static final double NANOS_A_SECOND = 1e9;

    private final long begin = System.nanoTime();

    private Stopwatch() {}

    /** What is timed. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    static Stopwatch start() {
        return new Stopwatch();
    }

    static double seconds(Work work) throws InterruptedException {
        Stopwatch stopwatch = start();
        work.run();
        return stopwatch.seconds();
    }

    /** Since it was started. */
    double seconds() {
        return (System.nanoTime() - begin) / NANOS_A_SECOND;
    }
}
