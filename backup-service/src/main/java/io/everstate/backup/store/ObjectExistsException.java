package io.everstate.backup.store;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** An object is never written over. */
public final class ObjectExistsException extends ProblemException {
    ObjectExistsException(String name) {
        super(ProblemType.CONFLICT, "the object " + name + " is in the storage already");
    }
}
