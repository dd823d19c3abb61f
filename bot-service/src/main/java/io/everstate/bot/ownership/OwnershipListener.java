package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import java.util.List;

/** Hears what becomes of partitions, in the log's order. Called by the reading thread: must return at once. */
public interface OwnershipListener {
    /** This replica is about to own the partition: nobody can have sent it a command yet. {@link #owned} or nothing follows. */
    default void takes(int partition, long epoch) {}

    /**
     * This replica may write the partition from here on.
     *
     * @param epoch the ownership's number
     * @param bots all of it, folded up to the claim
     * @param inheritance what this process was to the owner before, and what is owed to the bots
     */
    void owned(int partition, long epoch, List<BotState> bots, Inheritance inheritance);

    /** An event of a bot counts; only told by the owner. */
    void applied(int partition, BotState state);

    /** A record does not count; told by every reader, also while it catches up. */
    void skipped(int partition, SkipReason reason);

    /**
     * A record that was written in another ownership than the present one came into the log of an owner: some process still takes itself
     * for the owner, or its record was on the way for long. Only told by the owner, never while it catches up.
     */
    default void fenced(int partition, BotEventRecorded late) {}

    /** A record that is not ours; told by every reader, also while it catches up. */
    default void foreign(int partition) {}

    /** A bot is not followed any more; only told by the owner. */
    default void parked(int partition, BotId bot, Parking parking) {}

    /** This replica may not write the partition any more. */
    void lost(int partition, String why);
}
