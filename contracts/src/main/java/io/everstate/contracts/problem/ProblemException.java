package io.everstate.contracts.problem;

import org.jspecify.annotations.Nullable;

/** The root of what Everstate throws on purpose; subclasses name the fact. The message is shown to callers: no secrets in it. */
public class ProblemException extends RuntimeException {
    private final ProblemType type;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, null);
    }

    public ProblemException(ProblemType type, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
    }

    public final ProblemType type() {
        return type;
    }

    /** The message, never absent. */
    public final String detail() {
        return String.valueOf(getMessage());
    }
}
