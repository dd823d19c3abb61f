package io.everstate.state.platform;

import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.List;

public final class Invalid {
    private Invalid() {}

    /**
     * A field or parameter of the request has a value that cannot be taken.
     *
     * @param message goes on from the field's name: "must be a whole number"
     */
    public static InvalidException field(String field, String message) {
        return new InvalidException(List.of(new Violation(field, message)));
    }
}
