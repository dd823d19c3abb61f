package io.everstate.backup.archive;

import io.everstate.backup.platform.Printable;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What the storage gives is not what was written; the message says where they part. */
public final class ArchiveCorruptException extends ProblemException {
    public ArchiveCorruptException(String what) {
        this(what, null);
    }

    ArchiveCorruptException(String what, @Nullable Throwable cause) {
        super(ProblemType.CORRUPT, Printable.of(what), cause);
    }
}
