package io.everstate.backup.store;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** The bucket is there and answers, the object is not. */
public final class ObjectMissingException extends ProblemException {
    ObjectMissingException(String name) {
        super(ProblemType.CORRUPT, "the object " + name + " is not in the storage");
    }
}
