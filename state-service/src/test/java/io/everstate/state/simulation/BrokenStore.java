package io.everstate.state.simulation;

import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FoundInLog;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.FoldedTrade;
import io.everstate.state.fold.ParkedPlace;
import io.everstate.state.fold.ParkingChanges;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.SkipCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A replica's store in which a rule is missing. */
final class BrokenStore implements FoldStore {
    private final FoldStore store;
    private final Fault fault;
    private final List<FoldedTrade> lateTrades;
    private final Map<Integer, PartitionPosition> loaded = new HashMap<>();

    /** @param lateTrades takes those that are written behind their transaction */
    BrokenStore(FoldStore store, Fault fault, List<FoldedTrade> lateTrades) {
        this.store = store;
        this.fault = fault;
        this.lateTrades = lateTrades;
    }

    @Override
    public Optional<PartitionPosition> find(int partition) {
        return store.find(partition);
    }

    @Override
    public PartitionPosition load(int partition, String topicId, long end) {
        var position = store.load(partition, topicId, end);
        var first = loaded.computeIfAbsent(partition, _ -> position);
        return switch (fault) {
            case STATES_ARE_NOT_RELOADED ->
                new PartitionPosition(
                        position.topicId(),
                        position.nextOffset(),
                        first.epoch(),
                        first.bots(),
                        first.parked(),
                        first.gaps(),
                        position.announceFrom(),
                        position.anew(),
                        position.revision(),
                        position.last());
            case A_LOG_THAT_GREW_AGAIN_IS_NOT_SEEN -> position.behind(null);
            case TOPICS_ARE_NOT_TOLD_APART ->
                at(position, topicId, position.nextOffset()).behind(null);
            case A_LOST_END_IS_NOT_SEEN ->
                at(position, position.topicId(), Math.min(position.nextOffset(), end))
                        .behind(null);
            default -> position;
        };
    }

    private static PartitionPosition at(PartitionPosition position, String topicId, long nextOffset) {
        return new PartitionPosition(
                topicId,
                nextOffset,
                position.epoch(),
                position.bots(),
                position.parked(),
                position.gaps(),
                position.announceFrom(),
                position.anew(),
                position.revision(),
                position.last());
    }

    @Override
    public PartitionPosition beginAnew(int partition, PartitionPosition position, String topicId, long end) {
        var anew = store.beginAnew(partition, position, topicId, end);
        return fault == Fault.KNOWN_STATES_ARE_REPLACED
                ? new PartitionPosition(
                        topicId, 0, 0, List.of(), List.of(), Map.of(), end, anew.anew(), anew.revision(), null)
                : anew;
    }

    @Override
    public List<Finding> commit(List<FoldedBatch> batches) {
        return switch (fault) {
            case NO_OFFSET_GUARD, A_LOST_END_IS_NOT_SEEN ->
                store.commit(batches.stream().map(this::whereItStands).toList());
            case TRADES_BEHIND_THE_TRANSACTION -> {
                var news = store.commit(batches.stream()
                        .map(batch -> without(batch, Part.TRADES))
                        .toList());
                batches.forEach(batch -> lateTrades.addAll(batch.trades()));
                yield news;
            }
            case OFFSETS_FIRST -> {
                store.commit(
                        batches.stream().map(batch -> without(batch, Part.ALL)).toList());
                yield store.commit(
                        batches.stream().map(batch -> at(batch, batch.end())).toList());
            }
            case STATES_FIRST -> {
                var news = store.commit(batches.stream()
                        .map(batch -> ending(batch, batch.start()))
                        .toList());
                store.commit(
                        batches.stream().map(batch -> without(batch, Part.ALL)).toList());
                yield news;
            }
            case PARKED_ARE_NOT_KEPT ->
                store.commit(batches.stream()
                        .map(batch -> without(batch, Part.PARKED))
                        .toList());
            case FINDINGS_ARE_NOT_KEPT ->
                store.commit(batches.stream()
                        .map(batch -> without(batch, Part.FINDINGS))
                        .toList());
            default -> store.commit(batches);
        };
    }

    private FoldedBatch whereItStands(FoldedBatch batch) {
        var now = store.find(batch.partition()).orElseThrow();
        return copy(batch, now.nextOffset(), now.revision(), batch.end(), Set.of());
    }

    private static FoldedBatch without(FoldedBatch batch, Part part) {
        return copy(batch, batch.start(), batch.revision(), batch.end(), Set.of(part));
    }

    private static FoldedBatch at(FoldedBatch batch, long start) {
        return copy(batch, start, batch.revision(), batch.end(), Set.of(Part.COUNTS));
    }

    private static FoldedBatch ending(FoldedBatch batch, long end) {
        return copy(batch, batch.start(), batch.revision(), end, Set.of(Part.COUNTS));
    }

    private enum Part {
        TRADES,
        PARKED,
        FINDINGS,
        COUNTS,
        ALL
    }

    private static FoldedBatch copy(FoldedBatch batch, long start, long revision, long end, Set<Part> without) {
        var nothing = without.contains(Part.ALL);
        return new FoldedBatch(
                batch.partition(),
                start,
                revision,
                end,
                batch.epoch(),
                nothing ? List.of() : batch.bots(),
                batch.cuts(),
                nothing || without.contains(Part.TRADES) ? List.of() : batch.trades(),
                nothing || without.contains(Part.PARKED) ? ParkingChanges.NONE : batch.parking(),
                without.contains(Part.COUNTS) ? SkipCounts.NONE : batch.skipped(),
                batch.foreign(),
                nothing || without.contains(Part.FINDINGS) ? FoundInLog.NOTHING : batch.findings(),
                batch.caughtUp(),
                batch.last(),
                batch.unreadable());
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
