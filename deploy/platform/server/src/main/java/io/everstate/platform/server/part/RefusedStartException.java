package io.everstate.platform.server.part;

/** The platform cannot start as it was asked to; the message is a sentence for its operator. */
public final class RefusedStartException extends RuntimeException {

    public RefusedStartException(String message) {
        super(message);
    }

    public RefusedStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
