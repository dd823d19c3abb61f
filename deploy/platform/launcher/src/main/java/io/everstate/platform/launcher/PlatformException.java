package io.everstate.platform.launcher;

/** The platform did not do what was asked; the message says why in the platform's own words. */
public final class PlatformException extends RuntimeException {

    public PlatformException(String message) {
        super(message);
    }

    public PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
