package io.everstate.state.simulation;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.finding.Finding;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.ParkedPlace;
import io.everstate.state.fold.PartitionPosition;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A store that fails in front of and behind each call, and tells when a partition begins. */
final class ObservedStore implements FoldStore {
    /** Hears of beginnings, also of those whose caller never got an answer, and of what was kept and answered. */
    interface Observer {
        void begun(int partition);

        /** @param before where it stood on the other log */
        void begunAnew(int partition, PartitionPosition before, long end);

        void committed(List<FoldedBatch> batches);
    }

    private final FoldStore store;
    private final FoldStore truth;
    private final Failpoints failpoints;
    private final Observer observer;

    /** @param truth the same without failures */
    ObservedStore(FoldStore store, FoldStore truth, Failpoints failpoints, Observer observer) {
        this.store = store;
        this.truth = truth;
        this.failpoints = failpoints;
        this.observer = observer;
    }

    private <T> T failing(Supplier<T> call) {
        answerOrFail();
        var answer = call.get();
        answerOrFail();
        return answer;
    }

    private void answerOrFail() {
        if (failpoints.noAnswer()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the database does not answer");
        }
    }

    private <T> T observed(int partition, Supplier<T> call) {
        var before = truth.find(partition);
        try {
            return failing(call);
        } finally {
            var after = truth.find(partition);
            if (before.isEmpty() && after.isPresent()) {
                observer.begun(partition);
            } else if (before.isPresent()
                    && after.isPresent()
                    && after.get().revision() > before.get().revision()
                    && after.get().anew() != null) {
                observer.begunAnew(partition, before.get(), after.get().anew().to());
            }
        }
    }

    @Override
    public Optional<PartitionPosition> find(int partition) {
        return failing(() -> store.find(partition));
    }

    @Override
    public PartitionPosition load(int partition, String topicId, long end) {
        return observed(partition, () -> store.load(partition, topicId, end));
    }

    @Override
    public PartitionPosition beginAnew(int partition, PartitionPosition position, String topicId, long end) {
        return observed(partition, () -> store.beginAnew(partition, position, topicId, end));
    }

    @Override
    public List<Finding> commit(List<FoldedBatch> batches) {
        var found = failing(() -> store.commit(batches));
        observer.committed(batches);
        return found;
    }

    @Override
    public List<Finding> keep(List<Finding> findings) {
        return failing(() -> store.keep(findings));
    }

    @Override
    public long revision(int partition) {
        return failing(() -> store.revision(partition));
    }

    @Override
    public boolean resume(int partition, Function<ParkedPlace, Optional<FoldedBatch>> refold) {
        return failing(() -> store.resume(partition, refold));
    }
}
