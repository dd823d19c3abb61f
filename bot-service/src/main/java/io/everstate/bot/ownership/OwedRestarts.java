package io.everstate.bot.ownership;

import io.everstate.bot.ownership.Past.Debts;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.log.PartitionFold;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bots that ran when their owner was lost, until an event says what becomes of each. Who lets the partition go names them: the next owner
 * would go on with bots that nobody has restarted or stopped. So would it with a bot that a restore, by which the log gets back what it had
 * lost, has made running. Of a bot that is parked it is not known whether it ran, so it is owed a decision whatever its state here says, by
 * whoever understands its record. Not thread-safe.
 */
final class OwedRestarts {
    /** They are named in a header of one record. */
    static final int MOST_NAMED = 256;

    private Debts debts;
    private final AtomicInteger restoring = new AtomicInteger();

    OwedRestarts(Debts debts) {
        this.debts = debts;
    }

    /** Returns what is owed to bots that are not parked here. */
    Inheritance owned(Inheritance left, PartitionFold fold) {
        var bots = switch (left.succession()) {
            case CONTINUED -> all(new Debts(stillRunning(fold), debts.parked()));
            case HANDED_OVER -> left.owed().stream();
            case LOST -> Stream.concat(fold.bots().stream().map(BotState::id), fold.parked().keySet().stream());
        };
        debts = among(bots.collect(Collectors.toSet()), fold);
        return new Inheritance(left.succession(), debts.running().keySet());
    }

    private static Debts among(Set<BotId> bots, PartitionFold fold) {
        var parked = fold.parked().keySet();
        var running = bots.stream()
                .filter(bot -> !parked.contains(bot))
                .flatMap(bot -> fold.find(bot).stream())
                .filter(state -> state.hosted() && state.running())
                .collect(Collectors.toMap(BotState::id, BotState::lifecycle));
        var unknown = bots.stream()
                .filter(parked::contains)
                .filter(bot -> fold.find(bot).map(BotState::hosted).orElse(true))
                .collect(Collectors.toSet());
        return new Debts(running, unknown);
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
        if (event instanceof CheckpointTaken && state.hosted()) {
            var running = new HashMap<>(debts.running());
            if (state.running() && (before == null || !state.runsAs(before.lifecycle()))) {
                running.put(state.id(), state.lifecycle());
            }
            var parked = new HashSet<>(debts.parked());
            parked.remove(state.id());
            debts = new Debts(running, parked);
        }
    }

    /**
     * Why the partition cannot be let go in good order; empty when it can.
     *
     * @param busy whether an event of the bot is on its way, which may say what becomes of it
     */
    Optional<String> hindrance(PartitionFold fold, Predicate<BotId> busy) {
        if (restoring.get() > 0) {
            return Optional.of("a restore is on its way");
        }
        var bots = named(fold);
        if (bots.size() > MOST_NAMED) {
            return Optional.of("%d bots of a lost owner are not restarted or stopped yet".formatted(bots.size()));
        }
        var undecided = bots.stream().filter(busy).toList();
        return undecided.isEmpty()
                ? Optional.empty()
                : Optional.of("what becomes of bots of a lost owner is on its way: " + undecided);
    }

    /** The bots to which the next owner owes what this one does. */
    List<BotId> named(PartitionFold fold) {
        return all(in(fold)).sorted().toList();
    }

    private static Stream<BotId> all(Debts debts) {
        return Stream.concat(debts.running().keySet().stream(), debts.parked().stream());
    }

    /** Those of which the fold does not know yet what becomes of them. */
    Debts in(PartitionFold fold) {
        var parked = debts.parked().stream()
                .filter(bot -> fold.parking(bot).isPresent())
                .collect(Collectors.toSet());
        debts = new Debts(stillRunning(fold), parked);
        return debts;
    }

    private Map<BotId, Lifecycle> stillRunning(PartitionFold fold) {
        return debts.running().entrySet().stream()
                .filter(entry -> fold.find(entry.getKey())
                        .filter(state -> state.runsAs(entry.getValue()))
                        .isPresent())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
