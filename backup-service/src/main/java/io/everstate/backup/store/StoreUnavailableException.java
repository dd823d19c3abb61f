package io.everstate.backup.store;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The object storage does not answer, or refuses; nothing is known about the object. */
public final class StoreUnavailableException extends ProblemException {
    private static final int BAD_REQUEST = 400;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final int status;

    StoreUnavailableException(String detail, @Nullable Throwable cause) {
        this(detail, 0, cause);
    }

    /** @param status of HTTP with which the storage refused; 0 when it did not answer */
    StoreUnavailableException(String detail, int status, @Nullable Throwable cause) {
        super(ProblemType.UNAVAILABLE, detail, cause);
        this.status = status;
    }

    /** Whether it answered that it will not: asking again does not help, and other objects may be given all the same. */
    public boolean refused() {
        return status >= BAD_REQUEST && status < SERVER_ERROR && status != TIMEOUT && status != TOO_MANY;
    }

    int status() {
        return status;
    }
}
