package io.everstate.backup.swap;

import io.everstate.backup.platform.Printable;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** An entry that must not be put into a workspace, or a workspace that cannot take it; nothing was changed. */
public final class UnsafeArchiveException extends ProblemException {
    UnsafeArchiveException(String detail) {
        super(ProblemType.CONFLICT, Printable.of(detail));
    }
}
