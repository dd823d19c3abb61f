package io.everstate.benchmarks.figure;

import java.util.List;
import java.util.Locale;

/**
 * One measured number with its goal.
 *
 * @param rounds what each round measured
 */
public record Figure(String name, String unit, List<Double> rounds, Goal goal) {

    private static final double FEW = 10;

    public Figure {
        rounds = rounds.stream().sorted().toList();
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured for " + name);
        }
    }

    double median() {
        return median(rounds);
    }

    /** The middle of the sorted numbers, of an even count the mean of the two in the middle. */
    public static double median(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public boolean reached() {
        return goal.reachedBy(median());
    }

    /** {@code figure start-up 12.3 s spread 11.8..13.0 goal <=15.0 ok}. */
    public String line() {
        return "figure %s %s %s spread %s..%s goal %s %s"
                .formatted(
                        name,
                        text(median()),
                        unit,
                        text(rounds.getFirst()),
                        text(rounds.getLast()),
                        goal,
                        goal.verdict(median()));
    }

    /** A ratio shows its second place, on which it can fail. */
    static String text(double number) {
        return String.format(Locale.ROOT, Math.abs(number) < FEW ? "%.2f" : "%.1f", number);
    }
}
