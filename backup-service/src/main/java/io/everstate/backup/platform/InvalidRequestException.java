package io.everstate.backup.platform;

import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** A request of which one field is wrong. */
public final class InvalidRequestException extends ProblemException {
    private final Problem.Violation violation;

    public InvalidRequestException(String field, String message) {
        super(ProblemType.INVALID, field + " " + message);
        this.violation = new Problem.Violation(field, message);
    }

    Problem.Violation violation() {
        return violation;
    }
}
