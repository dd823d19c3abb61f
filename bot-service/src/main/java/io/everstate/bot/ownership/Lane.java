package io.everstate.bot.ownership;

import io.everstate.contracts.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The commands of one bot: one on its way through the log, the others wait for it in memory. */
final class Lane {
    static final int MAX_WAITING = 64;

    private final ArrayDeque<Submission> waiting = new ArrayDeque<>();
    private @Nullable Submission inFlight;
    private @Nullable UUID inFlightRecord;

    boolean offer(Submission submission) {
        return waiting.size() < MAX_WAITING && waiting.offer(submission);
    }

    /** The next to begin, when nothing is on its way. */
    @Nullable
    Submission next() {
        return inFlight == null ? waiting.poll() : null;
    }

    void begin(Submission submission, UUID record) {
        inFlight = submission;
        inFlightRecord = record;
    }

    /** The submission that this record carries, no longer in flight; null when the record is another's. */
    @Nullable
    Submission arrived(UUID record) {
        if (!record.equals(inFlightRecord)) {
            return null;
        }
        var arrived = inFlight;
        inFlight = null;
        inFlightRecord = null;
        return arrived;
    }

    boolean idle() {
        return inFlight == null && waiting.isEmpty();
    }

    /** Ends all of it: what waited never began, what was in flight has the other fate. */
    void abandon(ProblemException neverBegan, ProblemException inFlightFate) {
        waiting.forEach(submission -> submission.outcome().completeExceptionally(neverBegan));
        waiting.clear();
        if (inFlight != null) {
            inFlight.outcome().completeExceptionally(inFlightFate);
        }
        inFlight = null;
        inFlightRecord = null;
    }
}
