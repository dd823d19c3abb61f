package io.everstate.bot.history;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An exchange's record cannot be had, or cannot be true. */
public final class BarHistoryException extends ProblemException {
    private final Duration pause;

    private BarHistoryException(ProblemType type, String detail, Duration pause, @Nullable Throwable cause) {
        super(type, detail, cause);
        this.pause = pause;
    }

    static BarHistoryException unavailable(String detail, @Nullable Throwable cause) {
        return new BarHistoryException(ProblemType.UNAVAILABLE, detail, Duration.ZERO, cause);
    }

    static BarHistoryException tooOften(String detail, Duration pause) {
        return new BarHistoryException(ProblemType.UNAVAILABLE, detail, pause, null);
    }

    static BarHistoryException refused(String detail) {
        return new BarHistoryException(ProblemType.CORRUPT, detail, Duration.ZERO, null);
    }

    /** For how long the exchange wants to be asked nothing, about no market; zero when it did not say. */
    public Duration pause() {
        return pause;
    }
}
