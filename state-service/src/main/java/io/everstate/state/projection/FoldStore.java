package io.everstate.state.projection;

import java.util.List;

/** Keeps what was folded together with how far, so that neither can be seen without the other. */
interface FoldStore {
    /**
     * One partition as it was last committed; offset 0 of this topic when it never was.
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
