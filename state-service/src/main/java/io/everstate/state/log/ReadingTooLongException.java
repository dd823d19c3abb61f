package io.everstate.state.log;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** A question needs more records than are read in the time that it has. Who asks for less may be answered. */
public final class ReadingTooLongException extends ProblemException {
    public ReadingTooLongException(String detail) {
        super(ProblemType.UNAVAILABLE, detail);
    }
}
