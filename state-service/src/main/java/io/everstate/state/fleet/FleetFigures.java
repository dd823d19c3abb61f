package io.everstate.state.fleet;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.FoldListener;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.PartitionPosition;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The figures of all bots in memory, for a replica that folds all partitions: it hears of every change that it commits, so that who sorts all bots
 * by what changes with each event, or adds it up, need not read a row of each. The rows stay the truth. Of each partition it is known up to
 * where and on which revision; who asks says what the database has, and is answered from memory only when that is reached. A batch that does
 * not go on from what is known was folded on rows that somebody else changed: then nothing is known until the partition is taken up again.
 */
@Singleton
public final class FleetFigures implements FoldListener {
    /** A commit is heard of right behind it. What takes longer is of another replica. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private static final FoldedPlace NOWHERE = new FoldedPlace(-1, -1);

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<Integer, FoldedPlace> places = new HashMap<>();
    private final Map<UUID, BotFigures> bots = new HashMap<>();
    /** Those that were waited for in vain, and have not moved since. */
    private final Set<Integer> late = new HashSet<>();

    public FleetFigures() {
        this(PATIENCE);
    }

    /** @param patience how long to wait for a commit that the database has already */
    public FleetFigures(Duration patience) {
        this.patience = patience;
    }

    /**
     * All bots, each as it is at these places or behind them; empty when this replica does not know that.
     *
     * @param stored of all partitions, as the database has them
     */
    public Optional<List<BotFigures>> asOf(Map<Integer, FoldedPlace> stored) {
        lock.lock();
        try {
            return comesTo(stored) ? Optional.of(List.copyOf(bots.values())) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean comesTo(Map<Integer, FoldedPlace> stored) throws InterruptedException {
        for (var left = patience.toNanos(); follows(stored); left = moved.awaitNanos(left)) {
            var behind = behind(stored);
            if (behind.isEmpty()) {
                return true;
            }
            if (left <= 0) {
                late.addAll(behind);
            }
            if (!Collections.disjoint(late, behind)) {
                return false;
            }
        }
        return false;
    }

    /** Whether it knows these partitions and no others, on the states of now. Of a database that names none, nothing is known. */
    private boolean follows(Map<Integer, FoldedPlace> stored) {
        return !stored.isEmpty()
                && places.keySet().equals(stored.keySet())
                && stored.entrySet().stream()
                        .allMatch(one ->
                                place(one.getKey()).revision() == one.getValue().revision());
    }

    private Set<Integer> behind(Map<Integer, FoldedPlace> stored) {
        return stored.entrySet().stream()
                .filter(one -> place(one.getKey()).isBefore(one.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private FoldedPlace place(int partition) {
        return places.getOrDefault(partition, NOWHERE);
    }

    @Override
    public void loaded(int partition, PartitionPosition position) {
        lock.lock();
        try {
            bots.values().removeIf(bot -> bot.partition() == partition);
            position.bots().forEach(bot -> bots.put(bot.id().value(), BotFigures.of(partition, bot)));
            move(partition, new FoldedPlace(position.nextOffset(), position.revision()));
        } finally {
            lock.unlock();
        }
    }

    /** In the order of the partitions, in which the rows are written. */
    @Override
    public void committed(List<FoldedBatch> batches) {
        lock.lock();
        try {
            batches.stream()
                    .sorted(Comparator.comparingInt(FoldedBatch::partition))
                    .forEach(this::follow);
        } finally {
            lock.unlock();
        }
    }

    private void follow(FoldedBatch batch) {
        if (!place(batch.partition()).equals(new FoldedPlace(batch.start(), batch.revision()))) {
            places.remove(batch.partition());
            return;
        }
        for (var bot : batch.bots()) {
            bots.merge(
                    bot.id().value(),
                    BotFigures.of(batch.partition(), bot),
                    // a bot that stands in two partitions has the row of the one that wrote it first
                    (known, changed) -> known.partition() == changed.partition() ? changed : known);
        }
        move(batch.partition(), new FoldedPlace(batch.end(), batch.revision()));
    }

    private void move(int partition, FoldedPlace place) {
        places.put(partition, place);
        late.remove(partition);
        moved.signalAll();
    }
}
