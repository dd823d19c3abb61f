package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Lifecycle;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What this process keeps in mind of a partition between two assignments.
 *
 * @param lastOwnEpoch the number of this process's newest ownership of the partition, {@value #NEVER_OWNED} if it had none. Its claims may
 *     lie before the first record that will be read; without the number its bots would be taken for lost.
 * @param seen when the newest record of that ownership was written that was read back
 * @param debts to bots whose owner was lost
 */
record Past(long lastOwnEpoch, Instant seen, Debts debts) {
    static final long NEVER_OWNED = -1;
    static final Past NONE = new Past(NEVER_OWNED, Instant.EPOCH, Debts.NONE);

    /**
     * Bots that ran when their owner was lost, or may have, and of which no event has said since what becomes of them.
     *
     * @param running as they were then
     * @param parked of these nobody here knows whether they ran
     */
    record Debts(Map<BotId, Lifecycle> running, Set<BotId> parked) {
        static final Debts NONE = new Debts(Map.of(), Set.of());

        Debts {
            running = Map.copyOf(running);
            parked = Set.copyOf(parked);
        }
    }
}
