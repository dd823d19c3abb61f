package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.log.PartitionFold;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bots that ran when their owner was lost, until an event says what becomes of each. While there are any, the partition must not be let go
 * as in good order: the next owner would go on with bots that nobody has restarted or stopped. Not thread-safe.
 */
final class OwedRestarts {
    private Map<BotId, Lifecycle> owed;

    OwedRestarts(Map<BotId, Lifecycle> owed) {
        this.owed = owed;
    }

    void owned(Succession succession, List<BotState> bots) {
        owed = switch (succession) {
            case CONTINUED -> owed;
            case HANDED_OVER -> Map.of();
            case LOST ->
                bots.stream()
                        .filter(state -> state.hosted() && state.running())
                        .collect(Collectors.toMap(BotState::id, BotState::lifecycle));
        };
    }

    /** Those of which the fold does not know yet what becomes of them. */
    Map<BotId, Lifecycle> in(PartitionFold fold) {
        owed = owed.entrySet().stream()
                .filter(entry -> fold.find(entry.getKey())
                        .filter(state -> state.runsAs(entry.getValue()))
                        .isPresent())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return owed;
    }
}
