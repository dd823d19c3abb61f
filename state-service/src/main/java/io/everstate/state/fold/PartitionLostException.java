package io.everstate.state.fold;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** A partition does not stand where this consumer believes it to be; what it holds in memory is worth nothing. */
public final class PartitionLostException extends ProblemException {
    PartitionLostException(String detail) {
        super(ProblemType.CONFLICT, detail);
    }
}
