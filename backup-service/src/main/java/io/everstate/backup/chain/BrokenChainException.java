package io.everstate.backup.chain;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Something that a backup needs is not there, is no backup any more, or cannot be read; the message names it. */
public final class BrokenChainException extends ProblemException {
    public BrokenChainException(String what, @Nullable Throwable cause) {
        super(ProblemType.CORRUPT, what, cause);
    }
}
