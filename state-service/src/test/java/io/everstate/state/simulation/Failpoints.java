package io.everstate.state.simulation;

import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The places at which something can go wrong, numbered as they are passed from the start of a run on. */
final class Failpoints {
    private final int most;
    private final Map<Long, Mishap> planned;
    private long passed;
    private long at;
    private long unanswered;
    private @Nullable Mishap mishap;

    enum Mishap {
        /** The database does not answer; whether it did what was asked cannot be told. */
        NO_ANSWER,
        DEATH
    }

    /** The process ends here. */
    static final class ProcessDiedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Failpoints(int most, Map<Long, Mishap> planned) {
        this.most = most;
        this.planned = planned;
    }

    /** @param most so many places a step passes, more or less */
    static Failpoints anywhere(int most) {
        return new Failpoints(most, Map.of());
    }

    /** At these places and nowhere else. */
    static Failpoints at(Map<Long, Mishap> planned) {
        return new Failpoints(0, planned);
    }

    /** Something may go wrong soon. */
    void arm(Random random) {
        if (random.nextInt(4) == 0 && most > 0) {
            mishap = random.nextBoolean() ? Mishap.NO_ANSWER : Mishap.DEATH;
            at = passed + random.nextInt(most);
        }
    }

    void disarm() {
        mishap = null;
    }

    /** How many places there were so far. */
    long passed() {
        return passed;
    }

    /** How often the database did not answer. */
    long unanswered() {
        return unanswered;
    }

    /**
     * Passes a place.
     *
     * @return whether the database does not answer here
     */
    boolean noAnswer() {
        var here = passed++;
        var now = mishap != null && here >= at ? mishap : planned.get(here);
        if (now != null) {
            mishap = null;
        }
        if (now == Mishap.DEATH) {
            throw new ProcessDiedException();
        }
        unanswered += now == null ? 0 : 1;
        return now == Mishap.NO_ANSWER;
    }
}
