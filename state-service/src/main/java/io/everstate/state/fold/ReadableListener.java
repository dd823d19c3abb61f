package io.everstate.state.fold;

/**
 * Wants to know what this replica has folded, before it is stored. Is called by the thread that folds, for each run of records, so it must be
 * quick, must wait for nobody and must not throw.
 */
public interface ReadableListener {
    /** Of one partition more can be read now. */
    void folded(ReadableFold fold);
}
