package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import java.time.Instant;
import java.util.Set;

/**
 * The log is not the one that was folded before: it was made anew, or lost its end. It is folded from its start, behind the states that are
 * known.
 *
 * @param to where the log ended when that was found: up to there it is seen what was lost
 * @param parked bots of which it is open that they were parked before; the record that parked one can be lost
 */
public record FoldedAnew(long to, Instant since, Set<BotId> parked) {
    public FoldedAnew {
        parked = Set.copyOf(parked);
    }
}
