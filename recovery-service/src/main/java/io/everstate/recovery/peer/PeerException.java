package io.everstate.recovery.peer;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Another service did not answer, or refused. */
public final class PeerException extends ProblemException {
    public PeerException(ProblemType type, String detail, @Nullable Throwable cause) {
        super(type, detail, cause);
    }

    public static PeerException silent(String peer, String how, Throwable cause) {
        return new PeerException(ProblemType.UNAVAILABLE, peer + " does not answer: " + how, cause);
    }
}
