package io.everstate.contracts.log;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.FoldOutcome.Refused;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.FoldOutcome.Skipped;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One partition's epoch and bots as its records make them: the only code by which a record changes either. A claim counts only with a
 * higher epoch; an event counts only with the present epoch and the bot's next sequence, a checkpoint also with a later one. Two readers of
 * the same records have the same state. Not thread-safe.
 */
public final class PartitionFold {
    private final Map<BotId, BotState> bots;
    private long epoch;

    /** At the start of the log. */
    public PartitionFold() {
        this(0, List.of());
    }

    /** At a later place, whose state is known. */
    public PartitionFold(long epoch, Collection<BotState> bots) {
        this.epoch = epoch;
        this.bots = new HashMap<>(bots.stream().collect(Collectors.toMap(BotState::id, Function.identity())));
    }

    public FoldOutcome apply(LogRecord entry) {
        return switch (entry) {
            case OwnershipClaimed claim -> apply(claim);
            case BotEventRecorded recorded -> apply(recorded);
        };
    }

    private FoldOutcome apply(OwnershipClaimed claim) {
        if (claim.epoch() <= epoch) {
            return new Skipped(SkipReason.STALE_CLAIM);
        }
        epoch = claim.epoch();
        return new Claimed(epoch, claim.address());
    }

    private FoldOutcome apply(BotEventRecorded recorded) {
        if (recorded.epoch() != epoch || epoch == 0) {
            return new Skipped(SkipReason.FENCED);
        }
        var state = bots.get(recorded.bot());
        var known = state == null ? 0 : state.sequence();
        if (recorded.sequence() <= known) {
            return new Skipped(SkipReason.DUPLICATE);
        }
        if (recorded.sequence() > known + 1 && !(recorded.event() instanceof CheckpointTaken)) {
            return new Skipped(SkipReason.GAP);
        }
        var transition = Transition.of(
                recorded.bot(),
                state,
                recorded.event(),
                recorded.sequence(),
                recorded.time(),
                recorded.idempotencyKey());
        return switch (transition) {
            case Transition.Refused(var refusal) -> new Refused(refusal);
            case Transition.Accepted(var next) -> {
                bots.put(recorded.bot(), next);
                yield new Applied(next);
            }
        };
    }

    /** The present ownership's number; 0 before the first claim. */
    public long epoch() {
        return epoch;
    }

    public Optional<BotState> find(BotId bot) {
        return Optional.ofNullable(bots.get(bot));
    }

    public List<BotState> bots() {
        return List.copyOf(bots.values());
    }
}
