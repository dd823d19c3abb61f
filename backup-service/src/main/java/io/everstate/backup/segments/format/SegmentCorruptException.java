package io.everstate.backup.segments.format;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What the storage gives is not the segment that was written; the message says where they part. */
public final class SegmentCorruptException extends ProblemException {
    public SegmentCorruptException(String what) {
        this(what, null);
    }

    public SegmentCorruptException(String what, @Nullable Throwable cause) {
        super(ProblemType.CORRUPT, what, cause);
    }
}
