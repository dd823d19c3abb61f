package io.everstate.backup.workspace;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;

/** A trouble of the service's own, as a full disk is: it says nothing about the file that was to be copied. */
public final class SpoolException extends ProblemException {
    public SpoolException(Path directory, IOException cause) {
        super(ProblemType.UNAVAILABLE, "the spool directory " + directory + " cannot be used: " + cause, cause);
    }
}
