package io.everstate.state.snapshot;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.UUID;

final class SnapshotCorruptException extends ProblemException {
    SnapshotCorruptException(UUID id) {
        super(ProblemType.CORRUPT, "snapshot " + id + " did not verify; its content is not given out");
    }
}
