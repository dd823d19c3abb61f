package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.RecordCodec;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The partitions that this replica folds, for those who read them in its memory. A partition is here from the moment at which it is taken up
 * until it is given back, or whoever folds it has lost it; then its rows alone are read.
 */
@Singleton
public final class FoldsHere {
    private final RecordCodec codec;
    private final List<ReadableListener> listeners;
    private final Map<Integer, ReadableFold> folds = new ConcurrentHashMap<>();

    /** @param listeners hear of what was folded before it is stored */
    public FoldsHere(RecordCodec codec, @All List<ReadableListener> listeners) {
        this.codec = codec;
        this.listeners = listeners;
    }

    /** Takes a partition up at that place; its states can be read from here on. */
    public PartitionProjection begin(int partition, PartitionPosition position) {
        var projection = new PartitionProjection(partition, position, codec);
        folds.put(partition, projection.readable());
        return projection;
    }

    /** More of the partition was folded, which changed these bots. */
    public void folded(int partition, Set<BotId> moved) {
        var fold = folds.get(partition);
        if (fold != null) {
            listeners.forEach(listener -> listener.folded(fold, moved));
        }
    }

    /** It is folded here no more, or all that was folded and not stored is worth nothing. */
    public void end(int partition) {
        folds.remove(partition);
    }

    public void endAll() {
        folds.clear();
    }

    /** The partition that has this bot; empty when none here has, or more than one, of which the rows know whose it is. */
    public Optional<ReadableFold> having(BotId bot) {
        var having =
                folds.values().stream().filter(fold -> fold.sequence(bot) > 0).toList();
        return having.size() == 1 ? Optional.of(having.getFirst()) : Optional.empty();
    }

    /** The partition in which this bot is parked; empty when it is in none here. */
    public Optional<ReadableFold> parking(BotId bot) {
        return folds.values().stream().filter(fold -> fold.isParked(bot)).findFirst();
    }

    /** The number of the bot's newest event that is folded here, stored or not; 0 when there is none. */
    public long sequence(BotId bot) {
        return having(bot).map(fold -> fold.sequence(bot)).orElse(0L);
    }
}
