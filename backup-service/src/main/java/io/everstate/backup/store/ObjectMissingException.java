package io.everstate.backup.store;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** The bucket is there and answers, the object is not. */
public final class ObjectMissingException extends ProblemException {
    ObjectMissingException(String name) {
        this(name, "is not in the storage");
    }

    private ObjectMissingException(String name, String what) {
        super(ProblemType.CORRUPT, "the object " + name + " " + what);
    }

    static ObjectMissingException replaced(String name) {
        return new ObjectMissingException(name, "was replaced while it was read");
    }
}
