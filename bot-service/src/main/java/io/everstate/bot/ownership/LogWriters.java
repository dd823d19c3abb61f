package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.KnownIn;
import java.util.Map;
import java.util.Set;

/** Tells who wrote what the log has of bots. */
@FunctionalInterface
public interface LogWriters {
    /**
     * The ownerships in which the newest events that count were written.
     *
     * @param topicId of the log that is read now
     * @return without those of whom that cannot be told in time. May take seconds, and does not throw
     */
    Map<BotId, KnownIn> newest(int partition, String topicId, Set<BotId> bots);
}
