package io.everstate.contracts.view;

/** Where an earlier state was had from, the best first: a rung is taken when those in front of it are not possible. */
public enum RestoreRung {
    /** The snapshot that was wanted, or the newest one that is not too late, and the log behind it. */
    SNAPSHOT,
    /** An older snapshot, and the log behind it. */
    OLDER_SNAPSHOT,
    /** The log alone, from its beginning. */
    LOG,
    /** What object storage has of the log. */
    SEGMENTS
}
