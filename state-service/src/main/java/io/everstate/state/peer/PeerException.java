package io.everstate.state.peer;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Another service refused, or did not answer in time; its type says which. */
public final class PeerException extends ProblemException {
    PeerException(ProblemType type, String detail, @Nullable Throwable cause) {
        super(type, detail, cause);
    }
}
