package io.everstate.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * One measured number with its goal; smaller is better.
 *
 * @param rounds what each round measured
 * @param atMost the goal
 */
record Figure(String name, String unit, List<Double> rounds, double atMost) {

    Figure {
        rounds = rounds.stream().sorted().toList();
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured for " + name);
        }
    }

    double median() {
        int middle = rounds.size() / 2;
        return rounds.size() % 2 == 1 ? rounds.get(middle) : (rounds.get(middle - 1) + rounds.get(middle)) / 2;
    }

    boolean reached() {
        return median() <= atMost;
    }

    /** {@code figure start-up 12.3 s spread 11.8..13.0 goal <=15.0 ok}. */
    String line() {
        return String.format(
                Locale.ROOT,
                "figure %s %.1f %s spread %.1f..%.1f goal <=%.1f %s",
                name,
                median(),
                unit,
                rounds.getFirst(),
                rounds.getLast(),
                atMost,
                reached() ? "ok" : "short");
    }
}
