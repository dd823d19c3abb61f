package io.everstate.state.snapshot;

/** Which bots a snapshot holds. */
enum SnapshotKind {
    /** All of them. */
    FULL
}
