package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.PartitionFold;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One partition in memory, for those who read it while it is folded on: mostly ahead of its rows; it holds what the log held when it was read.
 * One thread folds and says how far, any thread reads; none waits for another, and a state is not copied, for none ever changes.
 */
public final class ReadableFold {
    private final int partition;
    private final long revision;
    private final Map<BotId, ParkedBot> parked = new ConcurrentHashMap<>();
    /** Null while the log is folded anew, behind what is stored. */
    private volatile @Nullable Reached reached;

    /** @param revision of the states that it goes on from */
    ReadableFold(int partition, long revision) {
        this.partition = partition;
        this.revision = revision;
    }

    /** @param offset of the first record that may not be in it */
    private record Reached(PartitionFold fold, long offset) {}

    /** Those that are not followed any more; changed by the thread that folds alone. */
    Map<BotId, ParkedBot> parked() {
        return parked;
    }

    /** Who reads from here on sees at least what is in front of that offset. */
    void reaches(PartitionFold fold, long offset) {
        reached = new Reached(fold, offset);
    }

    /** Of the first record that may not be in it; 0 while nothing of it can be read. */
    public long offset() {
        var now = reached;
        return now == null ? 0 : now.offset();
    }

    public int partition() {
        return partition;
    }

    /** The number of the bot's newest event in it; 0 when nothing is known of it here. */
    public long sequence(BotId bot) {
        var now = reached;
        return now == null ? 0 : now.fold().find(bot).map(BotState::sequence).orElse(0L);
    }

    /** Whether the bot is not followed any more, as far as it is folded here. */
    boolean isParked(BotId bot) {
        var now = reached;
        var known = parked.get(bot);
        return known != null
                && (now == null
                        || now.fold()
                                .find(bot)
                                .map(state -> !isFollowed(state, known))
                                .orElse(true));
    }

    /**
     * A bot as it is at that place of the log or behind it; empty when this fold is not there yet, went on from other states, or does not
     * know the bot.
     *
     * @param offset of the first record that is not stored
     * @param storedRevision of the states that are stored
     */
    public Optional<FoldedBot> find(BotId bot, long offset, long storedRevision) {
        var now = reached;
        if (now == null || revision != storedRevision || now.offset() < offset) {
            return Optional.empty();
        }
        // in this order: who was parked and is not any more has a state behind the number at which it was
        var known = parked.get(bot);
        return now.fold().find(bot).map(state -> new FoldedBot(state, isFollowed(state, known) ? null : known));
    }

    private static boolean isFollowed(BotState state, @Nullable ParkedBot parked) {
        return parked == null || state.sequence() > parked.parking().sequence();
    }
}
