package io.everstate.benchmarks.figure;

import java.util.List;

/** The smallest sample that so many percent of all samples do not exceed. */
public final class Percentile {

    private Percentile() {}

    public static double of(int percent, List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
