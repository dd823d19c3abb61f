package io.everstate.state.lease;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** Whoever catches it writes nothing more: the work belongs to another now. */
public final class LeaseLostException extends ProblemException {
    LeaseLostException(String name) {
        super(ProblemType.CONFLICT, "the lease on " + name + " is lost");
    }
}
