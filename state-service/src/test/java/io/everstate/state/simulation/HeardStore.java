package io.everstate.state.simulation;

import io.everstate.state.finding.Finding;
import io.everstate.state.fleet.BotFigures;
import io.everstate.state.fleet.FleetFigures;
import io.everstate.state.fleet.FoldedPlace;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.ParkedPlace;
import io.everstate.state.fold.PartitionPosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A store as one replica uses it, that keeps the figures of each partition in memory as it hears of them. */
final class HeardStore implements FoldStore {
    private final FoldStore store;
    private final Map<Integer, FleetFigures> figures = new HashMap<>();

    HeardStore(FoldStore store) {
        this.store = store;
    }

    /** Whether it would answer from memory, with the partition stored so, at least one bot. */
    boolean knows(int partition, PartitionPosition position) {
        return known(partition, position).filter(bots -> !bots.isEmpty()).isPresent();
    }

    /** Whether what it would answer from memory is what is stored; true when it would not. */
    boolean isRight(int partition, PartitionPosition position) {
        var stored = position.bots().stream()
                .map(bot -> BotFigures.of(partition, bot))
                .collect(Collectors.toSet());
        return known(partition, position).map(stored::equals).orElse(true);
    }

    private Optional<Set<BotFigures>> known(int partition, PartitionPosition position) {
        return figures(partition)
                .asOf(Map.of(partition, new FoldedPlace(position.nextOffset(), position.revision())))
                .map(Set::copyOf);
    }

    private FleetFigures figures(int partition) {
        return figures.computeIfAbsent(partition, _ -> new FleetFigures(Duration.ZERO));
    }

    private PartitionPosition loaded(int partition, PartitionPosition position) {
        figures(partition).loaded(partition, position);
        return position;
    }

    private void committed(FoldedBatch batch) {
        figures(batch.partition()).committed(List.of(batch));
    }

    @Override
    public Optional<PartitionPosition> find(int partition) {
        return store.find(partition);
    }

    @Override
    public PartitionPosition load(int partition, String topicId, long end) {
        return loaded(partition, store.load(partition, topicId, end));
    }

    @Override
    public PartitionPosition beginAnew(int partition, PartitionPosition position, String topicId, long end) {
        return loaded(partition, store.beginAnew(partition, position, topicId, end));
    }

    @Override
    public List<Finding> commit(List<FoldedBatch> batches) {
        var found = store.commit(batches);
        batches.forEach(this::committed);
        return found;
    }

    @Override
    public List<Finding> keep(List<Finding> findings) {
        return store.keep(findings);
    }

    @Override
    public long revision(int partition) {
        return store.revision(partition);
    }

    @Override
    public boolean resume(int partition, Function<ParkedPlace, Optional<FoldedBatch>> refold) {
        return store.resume(partition, refold);
    }
}
