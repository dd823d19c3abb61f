package io.everstate.state.snapshot.store;

/** What a snapshot was taken for. All have the same content, and all can be gone back to by their id. */
public enum SnapshotPurpose {
    /** To be gone back to: the newest one of these is meant where somebody wants to go back to the newest. */
    RESTORE_POINT,
    /** A backup has it; right before a change that somebody may want to undo. */
    BACKUP,
    /** A restore changes bots behind it. */
    WAY_BACK
}
