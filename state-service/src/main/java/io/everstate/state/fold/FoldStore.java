package io.everstate.state.fold;

import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.finding.Finding;
import io.everstate.state.platform.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps what was folded together with how far, so that neither can be seen without the other. */
public interface FoldStore {
    /** One of which nobody hears what it commits: of tables beside those that are answered from. */
    static FoldStore unheard(Transactions tables, JsonFormat json) {
        return new PostgresFoldStore(tables, json, List.of());
    }

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
    default PartitionPosition load(int partition, String topicId) {
        return load(partition, topicId, 0);
    }

    /**
     * The same.
     *
     * @param end where the log ends: what stands before it was there before the database was begun, if it is begun now
     */
    PartitionPosition load(int partition, String topicId, long end);

    /**
     * The log is not the one that was folded before: the partition begins at offset 0 of it, behind the states that are known. Nobody is parked
     * any more; who still has to be, is met again.
     *
     * @param position where the partition stands
     * @param end where the log ends now
     * @throws PartitionLostException when it stands elsewhere
     */
    PartitionPosition beginAnew(int partition, PartitionPosition position, String topicId, long end);

    /**
     * Keeps all batches or none. A batch is kept only if its partition still stands where the batch begins, on the states that it goes on from.
     *
     * @return what was found in them and not known before
     * @throws PartitionLostException when one does not: somebody else went on with the partition, or an earlier try was kept after all
     * @throws io.everstate.state.platform.DatabaseUnavailableException when a retry can help; the batches may have been kept all the same
     */
    List<Finding> commit(List<FoldedBatch> batches);

    /**
     * Keeps what was found while nothing could be folded.
     *
     * @return those that were not known before
     */
    List<Finding> keep(List<Finding> findings);

    /** Counted up by each {@link #resume}; 0 before the first, and for a partition that was never taken up. */
    long revision(int partition);

    /**
     * Keeps what the records of parked bots come to by now. While {@code refold} is asked nobody can move the partition, and behind it whoever
     * folds the partition has lost it.
     *
     * @param refold given where the partition stands and who is parked there; empty = nothing is changed
     * @return whether something was kept
     * @throws io.everstate.state.platform.DatabaseUnavailableException it may have been kept all the same
     */
    boolean resume(int partition, Function<ParkedPlace, Optional<FoldedBatch>> refold);
}
