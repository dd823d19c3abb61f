package io.everstate.state.snapshot.store;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.UUID;

public final class SnapshotCorruptException extends ProblemException {
    SnapshotCorruptException(UUID id) {
        this(id, "it did not verify; its content is not given out");
    }

    SnapshotCorruptException(UUID id, String detail) {
        super(ProblemType.CORRUPT, "snapshot " + id + ": " + detail);
    }
}
