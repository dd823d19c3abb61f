package io.everstate.state.fold;

import java.util.List;

/** Wants to know what this replica has committed. */
public interface FoldListener {
    /** Called by the thread that committed, so it must be quick and must not throw. Batches that another replica commits are not heard of. */
    void committed(List<FoldedBatch> batches);
}
