package io.everstate.bot.ownership;

import java.time.Instant;
import java.util.UUID;

/** How far this replica is with a partition that the group gave to it. */
sealed interface Phase {
    /** Folds what is there; claims once it has seen the end, not before {@code claimFrom}. */
    record Reading(Instant claimFrom) implements Phase {}

    /** Its claim is on the way; it counts when it is read back with a higher epoch than all before. */
    record Claiming(UUID claim) implements Phase {}

    /** Its claim counts: it may turn commands into events. */
    record Owning(CommandLanes commands) implements Phase {}

    /** The group took the partition back; nothing happens here any more. */
    record Surrendered() implements Phase {}
}
