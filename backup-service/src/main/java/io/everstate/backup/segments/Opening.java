package io.everstate.backup.segments;

import org.jspecify.annotations.Nullable;

/** What came of a look at where the archive of a partition ends. */
sealed interface Opening {
    /** Something that was there was counted; there may be more of it. */
    record Again() implements Opening {}

    /** The log is not the one that was archived. */
    record Diverged() implements Opening {}

    /**
     * The log is to be read on.
     *
     * @param end of the archive
     * @param lastRecord the digest of the record in front of that, which the log must have; null when it has thrown that away, or there is none
     * @param ceiling where the next object in the bucket begins, which no segment may reach beyond; {@link Long#MAX_VALUE} when there is none
     */
    record From(long end, @Nullable String lastRecord, long ceiling) implements Opening {}
}
