package io.everstate.benchmarks.figure;

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
            return "<=" + Figure.text(value);
        }
    }

    record AtLeast(double value) implements Goal {

        @Override
        public boolean reachedBy(double measured) {
            return measured >= value;
        }

        @Override
        public String toString() {
            return ">=" + Figure.text(value);
        }
    }
}
