package io.everstate.recovery.platform;

import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** A field or parameter of the request has a value that cannot be taken. */
public final class InvalidFieldException extends ProblemException {
    private final String field;
    private final String message;

    /** @param message goes on from the field's name: "must be a number" */
    public InvalidFieldException(String field, String message) {
        super(ProblemType.INVALID, field + " " + message);
        this.field = field;
        this.message = message;
    }

    Problem.Violation violation() {
        return new Problem.Violation(field, message);
    }
}
