package io.everstate.backup.store;

import io.minio.errors.ErrorResponseException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How a call failed, before it is known what that means to the caller. */
final class StorageFailure extends Exception {
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);
    private static final Set<String> NO_OBJECT = Set.of("NoSuchKey", "NoSuchUpload", "NoSuchVersion");

    private final Throwable reason;
    private final boolean last;

    StorageFailure(Throwable reason) {
        this(reason, false);
    }

    private StorageFailure(Throwable reason, boolean last) {
        super(reason);
        this.reason = root(reason);
        this.last = last;
    }

    /** The same, and nothing is tried again for it. */
    StorageFailure asLast() {
        return new StorageFailure(reason, true);
    }

    /** Whether the same call may succeed a moment later. */
    boolean passing() {
        return !last
                && (reason instanceof ErrorResponseException answer
                        ? TRANSIENT.contains(answer.response().code())
                        : !(reason instanceof InterruptedException));
    }

    RuntimeException meaning(String what, String name) {
        if (reason instanceof ErrorResponseException answer) {
            if (NO_OBJECT.contains(answer.errorResponse().code())) {
                return new ObjectMissingException(name);
            }
            if (answer.response().code() == 412) {
                return new ObjectExistsException(name);
            }
            return new StoreUnavailableException(
                    "the storage refused to " + what + " " + name + ": "
                            + answer.response().code() + " "
                            + answer.errorResponse().code(),
                    answer.response().code(),
                    reason);
        }
        return new StoreUnavailableException("the storage did not " + what + " " + name + ": " + why(), reason);
    }

    String why() {
        return switch (reason) {
            case TimeoutException _, InterruptedIOException _ -> "no answer in time";
            case IOException io -> io.getClass().getSimpleName() + " " + io.getMessage();
            default -> reason.getClass().getSimpleName();
        };
    }

    /** The SDK wraps what the connection said in exceptions of its own. */
    private static Throwable root(Throwable e) {
        Throwable found = e;
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            found = cause;
            if (cause instanceof ErrorResponseException || cause instanceof IOException) {
                return cause;
            }
        }
        return found;
    }
}
