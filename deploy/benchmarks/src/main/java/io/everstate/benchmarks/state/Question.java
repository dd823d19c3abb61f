package io.everstate.benchmarks.state;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.figure.Percentile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Something that is asked again and again, and how long its answers took. */
final class Question {

    private static final double NANOS_A_MILLISECOND = 1e6;

    private final String name;
    private final Asking asking;
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();

    Question(String name, Asking asking) {
        this.name = name;
        this.asking = asking;
    }

    /** Returns when it is answered. */
    @FunctionalInterface
    interface Asking {

        void ask() throws SQLException;
    }

    void ask() {
        long begin = System.nanoTime();
        try {
            asking.ask();
        } catch (SQLException e) {
            throw new IllegalStateException(name, e);
        }
        milliseconds.add((System.nanoTime() - begin) / NANOS_A_MILLISECOND);
    }

    /** What was asked so far does not count. */
    void forget() {
        milliseconds.clear();
    }

    /** What was asked so far is a round; how long it took. */
    String endRound() {
        p99.add(Percentile.of(99, milliseconds));
        String round = String.format(
                Locale.ROOT, "%s p50 %.1f ms, p99 %.1f ms", name, Percentile.of(50, milliseconds), p99.getLast());
        milliseconds.clear();
        return round;
    }

    Figure figure(Goal goal) {
        return new Figure(name + "-p99", "ms", p99, goal);
    }
}
