package io.everstate.backup.store;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The object storage does not answer, or refuses; nothing is known about the object. */
public final class StoreUnavailableException extends ProblemException {
    private final int status;

    StoreUnavailableException(String detail, @Nullable Throwable cause) {
        this(detail, 0, cause);
    }

    /** @param status of HTTP with which the storage refused; 0 when it did not answer */
    StoreUnavailableException(String detail, int status, @Nullable Throwable cause) {
        super(ProblemType.UNAVAILABLE, detail, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
