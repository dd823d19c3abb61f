package io.everstate.contracts.log;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.FoldOutcome.Refused;
import io.everstate.contracts.log.FoldOutcome.Released;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.FoldOutcome.Skipped;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One partition's epoch and bots as its records make them: the only code by which a record changes either. A claim, and a release, counts only
 * with a higher epoch; an event counts only with the present epoch and the bot's next sequence, a checkpoint also with a later one. An event that is
 * not understood parks its bot: nothing of it counts from there on but a checkpoint with a later sequence. Two readers of the same records
 * have the same state. Not thread-safe, but that any thread may {@link #find} a bot.
 */
public final class PartitionFold {
    private final Map<BotId, BotState> bots;
    private final Map<BotId, Parking> parked = new ConcurrentHashMap<>();
    private long epoch;

    /** At the start of the log. */
    public PartitionFold() {
        this(0, List.of());
    }

    /** At a later place, whose state is known and where no bot is parked. */
    public PartitionFold(long epoch, Collection<BotState> bots) {
        this(epoch, bots, Map.of());
    }

    /** At a later place, whose state is known, and which bots are parked there. */
    public PartitionFold(long epoch, Collection<BotState> bots, Map<BotId, Parking> parked) {
        this.epoch = epoch;
        this.bots = bots.stream().collect(Collectors.toConcurrentMap(BotState::id, Function.identity()));
        this.parked.putAll(parked);
    }

    public FoldOutcome apply(LogRecord entry) {
        return switch (entry) {
            case OwnershipClaimed claim -> counted(claim.epoch(), new Claimed(claim.epoch(), claim.address()));
            case OwnershipReleased release -> counted(release.epoch(), new Released(release.epoch()));
            case BotEventRecorded recorded -> apply(recorded);
        };
    }

    private FoldOutcome counted(long claimed, FoldOutcome ifHigher) {
        if (claimed <= epoch) {
            return new Skipped(SkipReason.STALE_CLAIM);
        }
        epoch = claimed;
        return ifHigher;
    }

    /**
     * An event that is not understood: parks its bot if it may count. It may also where it leaves numbers out, for it may be a kind of
     * checkpoint.
     *
     * @param offset of the record
     * @return always skipped; as {@link SkipReason#PARKED} when the bot is parked now
     */
    public Skipped park(NotUnderstood entry, long offset) {
        if (fenced(entry.epoch())) {
            return new Skipped(SkipReason.FENCED);
        }
        if (entry.sequence() <= known(entry.bot())) {
            return new Skipped(SkipReason.DUPLICATE);
        }
        parked.putIfAbsent(entry.bot(), new Parking(entry.type(), entry.why(), offset, entry.sequence()));
        return passedOver(entry.bot(), entry.sequence());
    }

    private Skipped passedOver(BotId bot, long sequence) {
        parked.computeIfPresent(bot, (_, parking) -> parking.passing(sequence));
        return new Skipped(SkipReason.PARKED);
    }

    private boolean fenced(long written) {
        return written != epoch || epoch == 0;
    }

    /** The highest number that counted, or was passed over. */
    private long known(BotId bot) {
        var parking = parked.get(bot);
        var state = bots.get(bot);
        return parking != null ? parking.sequence() : state == null ? 0 : state.sequence();
    }

    private FoldOutcome apply(BotEventRecorded recorded) {
        if (fenced(recorded.epoch())) {
            return new Skipped(SkipReason.FENCED);
        }
        var known = known(recorded.bot());
        if (recorded.sequence() <= known) {
            return new Skipped(SkipReason.DUPLICATE);
        }
        if (!(recorded.event() instanceof CheckpointTaken)) {
            if (parked.containsKey(recorded.bot())) {
                return passedOver(recorded.bot(), recorded.sequence());
            }
            if (recorded.sequence() > known + 1) {
                return new Skipped(SkipReason.GAP);
            }
        }
        return folded(recorded);
    }

    private FoldOutcome folded(BotEventRecorded recorded) {
        var state = bots.get(recorded.bot());
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
                parked.remove(recorded.bot());
                yield new Applied(next);
            }
        };
    }

    /** The present ownership's number; 0 before the first claim. */
    public long epoch() {
        return epoch;
    }

    /** The bot as the records so far made it. */
    public Optional<BotState> find(BotId bot) {
        return Optional.ofNullable(bots.get(bot));
    }

    /** Why a bot is not followed beyond its state; empty when it is. */
    public Optional<Parking> parking(BotId bot) {
        return Optional.ofNullable(parked.get(bot));
    }

    /** Of all bots that are not followed any more. */
    public Map<BotId, Parking> parked() {
        return Map.copyOf(parked);
    }

    public List<BotState> bots() {
        return List.copyOf(bots.values());
    }
}
