package io.everstate.backup.segments;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Kafka does not answer, or the log is being made anew: nothing is known of it now. */
final class LogUnavailableException extends ProblemException {
    LogUnavailableException(String detail, @Nullable Throwable cause) {
        super(ProblemType.UNAVAILABLE, detail, cause);
    }
}
