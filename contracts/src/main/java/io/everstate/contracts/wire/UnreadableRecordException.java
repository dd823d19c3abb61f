package io.everstate.contracts.wire;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** A record of the log that this version cannot read: of an unknown type, without a needed attribute, or with other content. */
public final class UnreadableRecordException extends ProblemException {
    public UnreadableRecordException(String detail, @Nullable Throwable cause) {
        super(ProblemType.CORRUPT, detail, cause);
    }
}
