package io.everstate.state.fold;

import java.util.List;

/** Wants to know what this replica has committed. Is called by the thread that folds or commits, so it must be quick and must not throw. */
public interface FoldListener {
    /** What another replica commits is not heard of. */
    void committed(List<FoldedBatch> batches);

    /** This replica takes the partition up, or begins anew with it, as it is stored now. */
    default void loaded(int partition, PartitionPosition position) {}
}
