package io.everstate.contracts.problem;

import java.util.Locale;

/** What kind of thing went wrong; answers both edges: REST takes its status, retries ask {@link #retryable()}. */
public enum ProblemType {
    INVALID(400, "The request is not valid", false),
    UNAUTHENTICATED(401, "No valid bearer token", false),
    FORBIDDEN(403, "The token lacks the role", false),
    NOT_FOUND(404, "There is no such thing", false),
    METHOD_NOT_ALLOWED(405, "This address does not take that method", false),
    CONFLICT(409, "The present state does not allow it", false),
    /** Somebody changed it since the caller read it. */
    PRECONDITION_FAILED(412, "It is not what the request was made for", false),
    TOO_LARGE(413, "The body is too large", false),
    UNSUPPORTED(415, "The content type is not supported", false),
    CORRUPT(422, "Stored content does not verify", false),
    PRECONDITION_REQUIRED(428, "The request must say what it was made for", false),
    INTERNAL(500, "A defect of the service", false),
    UNAVAILABLE(503, "A part that is needed does not answer", true),
    /** It may have happened or not; repeated with the same idempotency key it happens once. */
    OUTCOME_UNKNOWN(503, "The outcome is not known yet", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemType(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether the same request can succeed later without a change. */
    public boolean retryable() {
        return retryable;
    }

    /** The stable {@code type} of RFC 9457: {@code urn:everstate:problem:not-found}. */
    public String uri() {
        return "urn:everstate:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
