package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.log.PartitionFold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bots that ran when their owner was lost, until an event says what becomes of each. While there are any, the partition must not be let go
 * as in good order: the next owner would go on with bots that nobody has restarted or stopped. So would it with a bot that a restore, by
 * which the log gets back what it had lost, has made running. Not thread-safe.
 */
final class OwedRestarts {
    private Map<BotId, Lifecycle> owed;
    private final AtomicInteger restoring = new AtomicInteger();

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

    /** Until its outcome is known, a restore may make its bot running. */
    void asked(Submission submission) {
        if (submission.command().restores()) {
            restoring.incrementAndGet();
            var _ = submission.outcome().whenComplete((_, _) -> restoring.decrementAndGet());
        }
    }

    /** To be called before its caller hears of it. */
    void applied(BotEvent event, @Nullable BotState before, BotState state) {
        var begins = state.running() && (before == null || !state.runsAs(before.lifecycle()));
        if (event instanceof CheckpointTaken && state.hosted() && begins) {
            owed = new HashMap<>(owed);
            owed.put(state.id(), state.lifecycle());
        }
    }

    /** Why the partition cannot be let go in good order; empty when it can. */
    Optional<String> hindrance(PartitionFold fold) {
        var bots = in(fold).keySet();
        if (!bots.isEmpty()) {
            return Optional.of("bots of a lost owner are not restarted or stopped yet: " + bots);
        }
        return restoring.get() > 0 ? Optional.of("a restore is on its way") : Optional.empty();
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
