package io.everstate.state.log;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The log does not hold records any more that were asked for. */
public final class LogBeginsLaterException extends ProblemException {
    public LogBeginsLaterException(String detail, @Nullable Throwable cause) {
        super(ProblemType.NOT_FOUND, detail, cause);
    }
}
