package io.everstate.state.log;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** Kafka did not answer within the deadline. */
public final class LogUnavailableException extends ProblemException {
    LogUnavailableException(Throwable cause) {
        super(ProblemType.UNAVAILABLE, "the log does not answer", cause);
    }

    LogUnavailableException(String detail) {
        super(ProblemType.UNAVAILABLE, "the log does not answer: " + detail);
    }
}
