package io.everstate.state.fold;

import java.util.List;
import java.util.Optional;

/** Keeps what was folded together with how far, so that neither can be seen without the other. */
public interface FoldStore {
    /**
     * One partition as it was last committed, all of it of one moment; empty when it was never taken up.
     *
     * @throws io.everstate.state.platform.DatabaseUnavailableException when a retry can help
     */
    Optional<PartitionPosition> find(int partition);

    /**
     * Takes a partition up: as it was last committed, or at offset 0 of this topic when it never was.
     *
     * @throws io.everstate.state.platform.DatabaseUnavailableException when a retry can help
     */
    PartitionPosition load(int partition, String topicId);

    /**
     * Keeps all batches or none. A batch is kept only if its partition still stands where the batch begins.
     *
     * @throws PartitionLostException when one does not: somebody else went on with the partition, or an earlier try was kept after all
     * @throws io.everstate.state.platform.DatabaseUnavailableException when a retry can help; the batches may have been kept all the same
     */
    void commit(List<FoldedBatch> batches);
}
