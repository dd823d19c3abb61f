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

    /** Nothing is wanted of it: it stands beside another figure. */
    static Goal none() {
        return new None();
    }

    boolean reachedBy(double value);

    /** What is said of a figure behind its goal. */
    default String verdict(double value) {
        return reachedBy(value) ? "ok" : "short";
    }

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

    record None() implements Goal {

        @Override
        public boolean reachedBy(double measured) {
            return true;
        }

        @Override
        public String verdict(double measured) {
            return "told";
        }

        @Override
        public String toString() {
            return "none";
        }
    }
}
