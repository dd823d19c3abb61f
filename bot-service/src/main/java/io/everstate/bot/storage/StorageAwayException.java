package io.everstate.bot.storage;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The object storage does not answer, refuses, or is none; nothing is known about the object. */
public final class StorageAwayException extends ProblemException {
    StorageAwayException(String detail, @Nullable Throwable cause) {
        super(ProblemType.UNAVAILABLE, detail, cause);
    }
}
