package io.everstate.state.snapshot.store;

/** Which bots a snapshot holds. */
public enum SnapshotKind {
    /** All of them. */
    FULL,
    /** Those that changed since its base. */
    INCREMENTAL
}
