package io.everstate.benchmarks.figure;

import java.util.Locale;

/** What a figure is to reach. */
public sealed interface Goal {

    /** Smaller is better. */
    static Goal atMost(double value) {
        return new AtMost(value);
    }

    /** Greater is better. */
    static Goal atLeast(double value) {
        return new AtLeast(value);
    }

    boolean reachedBy(double value);

    record AtMost(double value) implements Goal {

        @Override
        public boolean reachedBy(double measured) {
            return measured <= value;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "<=%.1f", value);
        }
    }

    record AtLeast(double value) implements Goal {

        @Override
        public boolean reachedBy(double measured) {
            return measured >= value;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, ">=%.1f", value);
        }
    }
}
