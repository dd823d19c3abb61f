package io.everstate.recovery.run;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.UUID;

/** Another replica, or this one after a restart, works on the run now. */
final class LeaseLostException extends ProblemException {
    LeaseLostException(UUID run) {
        super(ProblemType.CONFLICT, "run " + run + " was taken over");
    }
}
