package io.everstate.bot.ownership;

import io.everstate.bot.ownership.Phase.Claiming;
import io.everstate.bot.ownership.Phase.Owning;
import io.everstate.bot.ownership.Phase.Reading;
import io.everstate.bot.ownership.Phase.Surrendered;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.log.FoldOutcome;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One partition in one replica, from its assignment to its loss. Reads the partition, claims it, and from the moment its claim was read back
 * turns commands into events: append, read back, fold; only then a command is answered. The log decides: a higher claim that is read before
 * an own event means that this event never counts anywhere, so its caller is told that nothing happened.
 *
 * <p>One command of a bot is on its way at a time. A failed append gives the ownership up and claims anew: what was on its way then either
 * stands before the new claim and counts, or behind it and never does. Safe for many threads.
 */
final class PartitionOwnership {
    /** How long to wait before another claim after one failed, or after another replica's higher claim. */
    static final Duration CLAIM_BACKOFF = Duration.ofMillis(500);

    private final int partition;
    private final PartitionFold fold;
    private final Replica replica;
    private final EventLog log;
    private final OwnershipListener listener;
    private final Clock clock;
    private final Duration deposedPause;
    private final Map<BotId, Lane> lanes = new HashMap<>();
    private Phase phase;
    private long lastOwnEpoch;

    /**
     * @param deposedPause how long an owner that read a higher claim keeps still before it claims again, if the group still says the
     *     partition is its own; longer than the group needs to tell a zombie from a member
     */
    PartitionOwnership(
            Assignment assignment,
            Replica replica,
            EventLog log,
            OwnershipListener listener,
            Clock clock,
            Duration deposedPause) {
        this.partition = assignment.partition();
        this.fold = assignment.fold();
        this.lastOwnEpoch = assignment.lastOwnEpoch();
        this.replica = replica;
        this.log = log;
        this.listener = listener;
        this.clock = clock;
        this.deposedPause = deposedPause;
        this.phase = new Reading(clock.instant());
    }

    /** Folds the partition's next record. */
    synchronized void read(LogRecord entry) {
        var epochBefore = fold.epoch();
        var outcome = fold.apply(entry);
        if (outcome instanceof FoldOutcome.Skipped(var reason)) {
            listener.skipped(partition, reason);
        }
        switch (entry) {
            case OwnershipClaimed claim -> afterClaim(claim, outcome, epochBefore);
            case BotEventRecorded recorded -> afterEvent(recorded, outcome);
        }
    }

    /** To be called again and again once the reader has seen the partition's end: claims it when it is time to. */
    synchronized void caughtUp() {
        if (!(phase instanceof Reading(var claimFrom)) || clock.instant().isBefore(claimFrom)) {
            return;
        }
        var now = clock.instant();
        var claim = new OwnershipClaimed(
                TimeOrderedUuid.at(now), now, replica.source(), fold.epoch() + 1, replica.address());
        phase = new Claiming(claim.id());
        log.append(partition, claim).whenComplete((_, failure) -> {
            if (failure != null) {
                claimFailed(claim);
            }
        });
    }

    private synchronized void claimFailed(OwnershipClaimed claim) {
        if (phase instanceof Claiming(var id) && id.equals(claim.id())) {
            phase = new Reading(clock.instant().plus(CLAIM_BACKOFF));
        }
    }

    private void afterClaim(OwnershipClaimed claim, FoldOutcome outcome, long epochBefore) {
        var counts = outcome instanceof FoldOutcome.Claimed;
        var own = phase instanceof Claiming(var id) && id.equals(claim.id());
        var continued = epochBefore == lastOwnEpoch;
        if (counts && replica.source().equals(claim.source()) && (own || continued)) {
            lastOwnEpoch =
                    claim.epoch(); // else it came late and owned nothing: bots that ran elsewhere before it are not
            // ours
        }
        if (own && counts) {
            phase = new Owning();
            listener.owned(partition, fold.epoch(), fold.bots(), continued);
        } else if (own) {
            phase = new Reading(clock.instant().plus(CLAIM_BACKOFF));
        } else if (counts && phase instanceof Owning) {
            deposed(claim);
        }
    }

    /** What is in flight was not read before the higher claim, so it is fenced wherever it lands: it never counts. */
    private void deposed(OwnershipClaimed claim) {
        var why = "partition " + partition + " was claimed by " + claim.address();
        phase = new Reading(clock.instant().plus(deposedPause));
        abandon(new NotOwnerException(why), new NotOwnerException(why));
        listener.lost(partition, why);
    }

    private void afterEvent(BotEventRecorded recorded, FoldOutcome outcome) {
        var lane = lanes.get(recorded.bot());
        var submission = lane == null ? null : lane.arrived(recorded.id());
        if (outcome instanceof Applied(var state) && phase instanceof Owning) {
            listener.applied(partition, state);
        }
        if (lane == null || submission == null) {
            return;
        }
        switch (outcome) {
            case Applied(var state) -> submission.outcome().complete(new CommandResult(state, state.sequence()));
            case FoldOutcome.Refused(var refusal) ->
                submission.outcome().completeExceptionally(new RefusedException(recorded.bot(), refusal));
            case FoldOutcome.Skipped(var reason) -> submission.outcome().completeExceptionally(notCounted(reason));
            case FoldOutcome.Claimed _ -> throw new IllegalStateException("an event is no claim");
        }
        drain(recorded.bot(), lane);
    }

    private static ProblemException notCounted(FoldOutcome.SkipReason reason) {
        return new ProblemException(ProblemType.UNAVAILABLE, "the log did not count the event: " + reason);
    }

    /** Puts a command on its way, or fails it at once when this replica is not the owner. */
    synchronized void submit(Submission submission) {
        if (!(phase instanceof Owning)) {
            submission.outcome().completeExceptionally(notOwner());
            return;
        }
        var lane = lanes.computeIfAbsent(submission.bot(), _ -> new Lane());
        if (!lane.offer(submission)) {
            submission
                    .outcome()
                    .completeExceptionally(new ProblemException(
                            ProblemType.UNAVAILABLE, "too many commands wait for bot " + submission.bot()));
        }
        drain(submission.bot(), lane);
    }

    private void drain(BotId bot, Lane lane) {
        for (var next = lane.next(); next != null; next = lane.next()) {
            begin(next, lane);
        }
        if (lane.idle()) {
            lanes.remove(bot);
        }
    }

    private void begin(Submission submission, Lane lane) {
        var state = fold.find(submission.bot()).orElse(null);
        if (clock.instant().isAfter(submission.deadline())) {
            submission
                    .outcome()
                    .completeExceptionally(new ProblemException(
                            ProblemType.UNAVAILABLE, "the command did not begin before its deadline"));
            return;
        }
        if (answeredBefore(submission, state)) {
            return;
        }
        var event = submission.command().event(state);
        if (event == null || !submission.command().meant(state)) {
            var refusal = event == null ? Refusal.UNKNOWN_BOT : Refusal.SUPERSEDED;
            submission.outcome().completeExceptionally(new RefusedException(submission.bot(), refusal));
            return;
        }
        append(submission, event, state, lane);
    }

    /** A repeated key gets its first outcome; the same key for another command is a mistake of the caller. */
    private static boolean answeredBefore(Submission submission, @Nullable BotState state) {
        var key = submission.idempotencyKey();
        if (key == null || state == null) {
            return false;
        }
        var before = state.outcomeOf(key);
        if (before.isEmpty()) {
            return false;
        }
        var event = submission.command().event(state);
        if (event != null && event.eventType().equals(before.get().type()) && !createsAnother(event, state)) {
            submission.outcome().complete(new CommandResult(state, before.get().sequence()));
        } else {
            submission
                    .outcome()
                    .completeExceptionally(new ProblemException(
                            ProblemType.CONFLICT, "the idempotency key was used for another command"));
        }
        return true;
    }

    private static boolean createsAnother(BotEvent event, BotState state) {
        return event instanceof BotCreated created
                && !(created.kind() == state.kind() && created.configuration().equals(state.configuration()));
    }

    private void append(Submission submission, BotEvent event, @Nullable BotState state, Lane lane) {
        var now = clock.instant();
        var sequence =
                Math.max(sequenceAfter(state, event), submission.command().above() + 1);
        var key = submission.idempotencyKey();
        var expected = Transition.of(submission.bot(), state, event, sequence, now, key);
        if (expected instanceof Transition.Refused(var refusal)) {
            submission.outcome().completeExceptionally(new RefusedException(submission.bot(), refusal));
            return;
        }
        var entry = new BotEventRecorded(
                TimeOrderedUuid.at(now),
                now,
                replica.source(),
                fold.epoch(),
                submission.bot(),
                sequence,
                key,
                null,
                event);
        lane.begin(submission, entry.id());
        log.append(partition, entry).whenComplete((_, failure) -> {
            if (failure != null) {
                appendFailed(entry, failure);
            }
        });
    }

    /** The next number; a checkpoint that carries a later state goes above that one. */
    private static long sequenceAfter(@Nullable BotState state, BotEvent event) {
        var known = state == null ? 0 : state.sequence();
        return event instanceof CheckpointTaken(var _, var carried)
                ? Math.max(known, carried.sequence()) + 1
                : known + 1;
    }

    private synchronized void appendFailed(BotEventRecorded entry, Throwable failure) {
        if (phase instanceof Owning && fold.epoch() == entry.epoch()) {
            phase = new Reading(clock.instant());
            giveUp("the log did not take an event: " + failure.getMessage());
        }
    }

    /** The group took the partition away; what is in flight may or may not count. */
    synchronized void surrender(String why) {
        var owned = phase instanceof Owning;
        phase = new Surrendered();
        if (owned) {
            giveUp(why);
        }
    }

    private void giveUp(String why) {
        abandon(notOwner(), new ProblemException(ProblemType.OUTCOME_UNKNOWN, why));
        listener.lost(partition, why);
    }

    private void abandon(ProblemException neverBegan, ProblemException inFlightFate) {
        List.copyOf(lanes.values()).forEach(lane -> lane.abandon(neverBegan, inFlightFate));
        lanes.clear();
    }

    private NotOwnerException notOwner() {
        return new NotOwnerException("this replica does not own partition " + partition + " now");
    }

    synchronized boolean owning() {
        return phase instanceof Owning;
    }

    synchronized long epoch() {
        return fold.epoch();
    }

    synchronized Optional<BotState> find(BotId bot) {
        return fold.find(bot);
    }

    /** All bots of the partition; empty unless this replica owns it. */
    synchronized Optional<List<BotState>> ownedBots() {
        return owning() ? Optional.of(fold.bots()) : Optional.empty();
    }

    /** The number of this process's newest ownership that was read. */
    synchronized long lastOwnEpoch() {
        return lastOwnEpoch;
    }
}
