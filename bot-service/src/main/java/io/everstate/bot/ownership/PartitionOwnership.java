package io.everstate.bot.ownership;

import io.everstate.bot.ownership.Phase.Claiming;
import io.everstate.bot.ownership.Phase.Owning;
import io.everstate.bot.ownership.Phase.Reading;
import io.everstate.bot.ownership.Phase.Surrendered;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.FoldOutcome;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One partition in one replica, from its assignment to its loss. Reads the partition, claims it, and from the moment its claim was read back
 * turns commands into events: append, read back, fold; only then a command is answered. The log decides: a higher claim that is read before
 * an own event means that this event never counts anywhere, so its caller is told that nothing happened.
 *
 * <p>A failed append gives the ownership up and claims anew: what was on its way then either stands before the new claim and counts, or
 * behind it and never does. Safe for many threads.
 */
final class PartitionOwnership {
    private static final Logger LOG = Logger.getLogger(PartitionOwnership.class);
    /** How long to wait before another claim after one failed, or after another replica's higher claim. */
    static final Duration CLAIM_BACKOFF = Duration.ofMillis(500);
    /** Longer than the log may take to confirm an event. */
    static final Duration READ_BACK_WITHIN = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final int partition;
    private final PartitionFold fold;
    private final Replica replica;
    private final EventLog log;
    private final OwnershipListener listener;
    private final Clock clock;
    private final Duration deposedPause;
    /** Behind the newest claim, found while this replica was not the owner. */
    private final HeldForeign foreign;

    private final Lineage lineage;
    private final OwedRestarts owed;
    private volatile Phase phase;
    private long nextOffset;
    private Instant nextLook = Instant.MIN;

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
        this.foreign = new HeldForeign(partition);
        this.fold = assignment.fold();
        this.lineage = new Lineage(assignment, replica.source());
        this.owed = new OwedRestarts(assignment.past().debts());
        this.nextOffset = assignment.from();
        this.replica = replica;
        this.log = log;
        this.listener = listener;
        this.clock = clock;
        this.deposedPause = deposedPause;
        this.phase = new Reading(clock.instant());
    }

    /** A record before the first one that is to be folded: tells who owned last. */
    synchronized void before(LogRecord entry, long offset) {
        if (lineage.before(entry, offset, fold.epoch())) {
            switch (entry) {
                case OwnershipClaimed _ -> foreign.clear();
                case OwnershipReleased release -> foreign.clearBefore(release.readTo());
                case BotEventRecorded _ -> {}
            }
        }
    }

    /** Folds the partition's next record. */
    synchronized void read(LogRecord entry, long offset) {
        nextOffset = offset + 1;
        var epochBefore = fold.epoch();
        var before =
                entry instanceof BotEventRecorded known ? fold.find(known.bot()).orElse(null) : null;
        var outcome = fold.apply(entry);
        if (outcome instanceof FoldOutcome.Skipped(var reason)) {
            listener.skipped(partition, reason);
            if (reason == SkipReason.FENCED && owning() && entry instanceof BotEventRecorded late) {
                listener.fenced(partition, late);
            }
        }
        switch (entry) {
            case OwnershipClaimed claim -> afterClaim(claim, outcome, epochBefore);
            case OwnershipReleased release -> afterRelease(release, outcome, epochBefore);
            case BotEventRecorded recorded -> afterEvent(recorded, outcome, before);
        }
    }

    /** An event of ours that this version does not understand. */
    synchronized void park(NotUnderstood entry, long offset) {
        var skipped = fold.park(entry, offset);
        listener.skipped(partition, skipped.reason());
        var parking = fold.parking(entry.bot());
        if (parking.isPresent() && phase instanceof Owning(var commands)) {
            commands.park(entry.bot(), parking.get());
            listener.parked(partition, entry.bot(), parking.get());
        }
    }

    /**
     * A record that is not ours. The owner sets it aside; what stands before the own claim only if no owner before has had it.
     */
    synchronized void foreign(DeadLetter letter) {
        listener.foreign(partition);
        if (owning()) {
            log.setAside(letter);
        } else {
            foreign.add(letter);
        }
    }

    /**
     * To be called again and again once the reader has seen the partition's end: claims it when it is time to, and gives it up when the log
     * took an event and does not show it.
     */
    synchronized void caughtUp() {
        var now = clock.instant();
        switch (phase) {
            case Reading(var claimFrom) when !now.isBefore(claimFrom) -> claim(now);
            case Owning(var commands) when !now.isBefore(nextLook) -> giveUpUnread(commands, now);
            default -> {}
        }
    }

    /** No append fails that the log has confirmed, so nobody else would learn that it went away behind it. */
    private void giveUpUnread(CommandLanes commands, Instant now) {
        nextLook = now.plus(LOOK);
        if (commands.waitSince(now.minus(READ_BACK_WITHIN))) {
            giveUp(
                    commands,
                    new Reading(now),
                    "the log does not show an event that was sent " + READ_BACK_WITHIN + " ago");
        }
    }

    private void claim(Instant now) {
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
        if (!counts) {
            if (own) {
                phase = new Reading(clock.instant().plus(lineage.vacant() ? Duration.ZERO : CLAIM_BACKOFF));
            }
            return;
        }
        var inheritance = lineage.claimed(claim, epochBefore, own);
        if (own) {
            own(inheritance);
        } else if (phase instanceof Owning(var commands)) {
            deposed("partition " + partition + " was claimed by " + claim.address(), commands);
        }
        foreign.clear();
    }

    private void own(Inheritance left) {
        foreign.setAside(log::setAside);
        listener.takes(partition, fold.epoch());
        phase = new Owning(new CommandLanes(fold, replica.source(), clock, this::append));
        listener.owned(partition, fold.epoch(), fold.bots(), owed.owned(left, fold));
    }

    private void afterRelease(OwnershipReleased release, FoldOutcome outcome, long epochBefore) {
        if (outcome instanceof FoldOutcome.Released) {
            lineage.released(release, nextOffset - 1, epochBefore);
            if (phase instanceof Owning(var commands)) {
                deposed("partition " + partition + " was let go by " + release.address(), commands);
            }
            foreign.clearBefore(release.readTo());
        }
    }

    /** What is in flight was not read before the higher claim, so it is fenced wherever it lands: it never counts. */
    private void deposed(String why, CommandLanes commands) {
        phase = new Reading(clock.instant().plus(deposedPause));
        commands.abandon(new NotOwnerException(why), new NotOwnerException(why));
        listener.lost(partition, why);
    }

    private void afterEvent(BotEventRecorded recorded, FoldOutcome outcome, @Nullable BotState before) {
        if (outcome instanceof Applied(var state)) {
            lineage.applied(recorded);
            oweAfter(recorded, before, state);
        }
        if (!(phase instanceof Owning(var commands))) {
            return;
        }
        if (outcome instanceof Applied(var state)) {
            listener.applied(partition, state);
        }
        if (!commands.arrived(recorded, outcome)) {
            giveUp(
                    commands,
                    new Reading(clock.instant()),
                    "the log did not count events as they were sent: " + outcome);
        }
    }

    /** An event of this process also when it had given the partition up before it was read: its claim goes on with what it appended. */
    private void oweAfter(BotEventRecorded recorded, @Nullable BotState before, BotState state) {
        if (recorded.epoch() == lineage.lastOwnEpoch()) {
            owed.applied(recorded.event(), before, state);
        }
    }

    /** Puts a command on its way, or fails it at once when this replica is not the owner. */
    synchronized void submit(Submission submission) {
        if (phase instanceof Owning(var commands)) {
            owed.asked(submission);
            commands.submit(submission);
        } else {
            submission.outcome().completeExceptionally(notOwner());
        }
    }

    private void append(BotEventRecorded entry) {
        log.append(partition, entry).whenComplete((_, failure) -> {
            if (failure != null) {
                appendFailed(entry, failure);
            }
        });
    }

    private synchronized void appendFailed(BotEventRecorded entry, Throwable failure) {
        if (phase instanceof Owning(var commands) && fold.epoch() == entry.epoch()) {
            giveUp(commands, new Reading(clock.instant()), "the log did not take an event: " + failure.getMessage());
        }
    }

    /**
     * The group moves the partition, and this replica is in good order. What it let go by a record of its own, the next owner goes on with
     * as if nothing had been, but for the bots to which that record says that a restart is owed.
     *
     * @return completes when that record is in the log; at once when there is none
     */
    synchronized CompletionStage<Void> release(String why) {
        CompletionStage<Void> released = CompletableFuture.completedFuture(null);
        if (phase instanceof Owning(var commands)) {
            var hindrance = owed.hindrance(fold, commands::busy);
            hindrance.ifPresent(cause -> LOG.warnf(
                    "partition %d is not let go in good order, its next owner will take its bots for lost: %s",
                    partition, cause));
            released = hindrance.isPresent() ? released : log.append(partition, releaseRecord());
        }
        surrender(why);
        return released;
    }

    private OwnershipReleased releaseRecord() {
        var now = clock.instant();
        var bots = owed.named(fold);
        if (!bots.isEmpty()) {
            LOG.infof("partition %d: its next owner has to restart or stop bots %s", partition, bots);
        }
        return new OwnershipReleased(
                TimeOrderedUuid.at(now), now, replica.source(), fold.epoch() + 1, replica.address(), nextOffset, bots);
    }

    /** The group took the partition away. */
    synchronized void surrender(String why) {
        if (phase instanceof Owning(var commands)) {
            giveUp(commands, new Surrendered(), why);
        } else {
            phase = new Surrendered();
        }
    }

    /** What is in flight may or may not count. */
    private void giveUp(CommandLanes commands, Phase next, String why) {
        phase = next;
        commands.abandon(notOwner(), new ProblemException(ProblemType.OUTCOME_UNKNOWN, why));
        listener.lost(partition, why);
    }

    private NotOwnerException notOwner() {
        return new NotOwnerException("this replica does not own partition " + partition + " now");
    }

    boolean owning() {
        return phase instanceof Owning;
    }

    synchronized long epoch() {
        return fold.epoch();
    }

    /** Waits for nothing: every bar of every bot asks. */
    Optional<BotState> find(BotId bot) {
        return fold.find(bot);
    }

    /** Why a bot is not followed beyond its state; empty when it is. */
    synchronized Optional<Parking> parking(BotId bot) {
        return fold.parking(bot);
    }

    /** The bot's present state; empty unless this replica owns it and reads it to the end. */
    synchronized Optional<BotState> followed(BotId bot) {
        return owning() && fold.parking(bot).isEmpty() ? fold.find(bot) : Optional.empty();
    }

    synchronized Map<BotId, Parking> parked() {
        return fold.parked();
    }

    /** All bots of the partition; empty unless this replica owns it. */
    synchronized Optional<List<BotState>> ownedBots() {
        return owning() ? Optional.of(fold.bots()) : Optional.empty();
    }

    /** What is to be kept in mind until the partition is assigned to this process again. */
    synchronized Past past() {
        return new Past(lineage.lastOwnEpoch(), lineage.seen(), owed.in(fold));
    }
}
