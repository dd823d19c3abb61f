package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Lifecycle;
import java.util.Map;

/**
 * What this process keeps in mind of a partition between two assignments.
 *
 * @param lastOwnEpoch the number of this process's newest ownership of the partition, {@value #NEVER_OWNED} if it had none. Its claims may
 *     lie before the first record that will be read; without the number its bots would be taken for lost.
 * @param owed bots that ran when their owner was lost, as they were then, and of which no event has said since what becomes of them
 */
record Past(long lastOwnEpoch, Map<BotId, Lifecycle> owed) {
    static final long NEVER_OWNED = -1;
    static final Past NONE = new Past(NEVER_OWNED, Map.of());
}
