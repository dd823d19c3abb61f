package io.everstate.state.content;

import java.util.ArrayList;
import java.util.List;

/**
 * How good what was looked at is, from 0 to 100. Each characteristic is measured as ISO/IEC 25024 does it, as X = A / B: of B elements A are
 * as they should be. The characteristics count the same: the score is the mean of their X, in percent, rounded down, so that 100 is said
 * only of what is right in every element. What could not be looked at has nothing right in it.
 */
public final class Quality {
    private static final int PERCENT = 100;

    private final List<Measure> measures = new ArrayList<>();

    private record Measure(long right, long all) {
        double value() {
            return all == 0 ? 1 : Math.clamp((double) right / all, 0, 1);
        }
    }

    /**
     * One characteristic more.
     *
     * @param right of {@code all} elements; more than all of them is as wrong as less
     */
    public Quality measured(long right, long all) {
        measures.add(new Measure(right > all ? all - Math.min(all, right - all) : right, all));
        return this;
    }

    /** This and all that another one has measured. */
    public Quality and(Quality other) {
        measures.addAll(other.measures);
        return this;
    }

    public int score() {
        var mean = measures.stream().mapToDouble(Measure::value).average().orElse(0);
        return (int) Math.floor(mean * PERCENT);
    }
}
