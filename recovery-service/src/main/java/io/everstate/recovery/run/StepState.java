package io.everstate.recovery.run;

import java.time.Duration;
import java.time.Instant;

/** Where a step of a run is. */
sealed interface StepState {
    record Pending() implements StepState {
        Active begin(Instant now, Duration patience) {
            return new Active(now, now.plus(patience), now, 0);
        }
    }

    /**
     * Begun and not ended; also after a crash.
     *
     * @param dueAt not tried again earlier
     * @param failures so far; waiting is none
     */
    record Active(Instant startedAt, Instant deadlineAt, Instant dueAt, int failures) implements StepState {
        Active failedOnce(Instant nextTry) {
            return new Active(startedAt, deadlineAt, nextTry, failures + 1);
        }

        /** Time in which nobody worked on the run is not the step's. */
        Active later(Duration idle) {
            return new Active(startedAt, deadlineAt.plus(idle), dueAt, failures);
        }

        Done done(String outcome, Instant now) {
            return new Done(startedAt, now, failures, outcome);
        }

        Broken broken(String reason, Instant now) {
            return new Broken(startedAt, now, failures, reason);
        }
    }

    record Done(Instant startedAt, Instant finishedAt, int failures, String outcome) implements StepState {}

    record Broken(Instant startedAt, Instant finishedAt, int failures, String reason) implements StepState {}
}
