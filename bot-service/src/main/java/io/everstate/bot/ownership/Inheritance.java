package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import java.util.Set;

/**
 * What an owner takes over with a partition.
 *
 * @param owed bots that ran when an owner was lost, and of which no event has said since what becomes of them: this owner has to restart or
 *     stop them before they run. All others go on.
 */
public record Inheritance(Succession succession, Set<BotId> owed) {
    public Inheritance {
        owed = Set.copyOf(owed);
    }
}
