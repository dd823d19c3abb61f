package io.everstate.contracts.problem;

import io.everstate.contracts.problem.Problem.Violation;
import java.util.List;

/** A request whose fields are wrong in ways that annotations cannot say. */
public final class InvalidException extends ProblemException {
    private final List<Violation> violations;

    /** @param violations at least one */
    public InvalidException(List<Violation> violations) {
        super(
                ProblemType.INVALID,
                violations.getFirst().field() + " " + violations.getFirst().message());
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
