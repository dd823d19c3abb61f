package io.everstate.cli.console;

import org.jspecify.annotations.Nullable;

/** Ends a command; the message is a sentence for the person at the terminal. */
public final class CommandFailedException extends RuntimeException {

    private final ExitCode exitCode;

    public CommandFailedException(ExitCode exitCode, String sentence) {
        this(exitCode, sentence, null);
    }

    public CommandFailedException(ExitCode exitCode, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
