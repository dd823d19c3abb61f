package io.everstate.bot.ownership;

import io.everstate.bot.ownership.Promises.Attempt;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A replica that the group gives the partition to and takes it from, that crashes and comes back, and takes commands in between. */
final class SimulatedReplica implements EventLog, OwnershipListener {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration DEPOSED_PAUSE = Duration.ofSeconds(1);
    private static final int LOOK_BACK = 4;

    private final String name;
    private final SimulatedNetwork network;
    private final Promises promises;
    private final Clock clock;
    private final Random random;
    private final Fault fault;
    private final List<BotEventRecorded> sent = new ArrayList<>();
    private SimulatedNetwork.Way way;
    private int run;
    private int releases;
    private Past past = Past.NONE;
    private int stoodAt;
    private @Nullable PartitionOwnership ownership;
    private int offset;
    /** Where its reader began, and from where it folds. */
    private int from;

    private int start;
    /** As the host of the bots: whether it has to restart them, has not begun with it, and what it is waiting for. */
    private boolean restartOwed;

    private boolean settling;
    private @Nullable Lifecycle restarting;

    SimulatedReplica(String name, SimulatedNetwork network, Promises promises, Clock clock, Random random) {
        this.name = name;
        this.network = network;
        this.promises = promises;
        this.clock = clock;
        this.random = random;
        this.fault = promises.fault();
        this.way = network.open();
        promises.handovers().started(source());
    }

    private String source() {
        return "/" + name + "/" + run;
    }

    /** The group gives it the partition; another one that had it may go on believing so for a while. */
    void assign() {
        if (ownership == null) {
            start = random.nextBoolean() ? 0 : random.nextInt(network.log().size() + 1);
            from = Math.max(0, start - LOOK_BACK);
            offset = from;
            var assignment =
                    new Assignment(0, folded(start), from, fault == Fault.RELEASES_OF_ANY_TIME ? 0 : stoodAt, past);
            var replica = new Replica(source(), "http://" + name);
            ownership = new PartitionOwnership(assignment, replica, this, this, clock, DEPOSED_PAUSE);
        }
    }

    private PartitionFold folded(int to) {
        var fold = new PartitionFold();
        for (var entry : network.log().subList(0, to)) {
            fold.apply(
                    promises.seen(entry, fold.epoch(), fold.find(Promises.BOT).orElse(null)));
        }
        return fold;
    }

    void surrender() {
        if (ownership != null) {
            if (random.nextInt(4) > 0) {
                letGo(ownership);
            } else {
                ownership.surrender("the group moved the partition");
            }
            past = ownership.past();
            ownership = null;
        }
    }

    /** In good order; it waits until its mark is in the log, but not for ever. */
    private void letGo(PartitionOwnership owner) {
        var inGoodOrder = owner.owning() && promises.handovers().nothingOwed(offset, owner.epoch());
        var hadIt = owner.owning();
        var epoch = owner.epoch();
        var sentBefore = releases;
        var released = owner.release("the group moved the partition").toCompletableFuture();
        if (hadIt && releases == sentBefore && fault == Fault.RELEASED_WHILE_OWING) {
            released = way.send(releaseOf(epoch));
        }
        var arrived = random.nextBoolean() && network.flush(way) && !released.isCompletedExceptionally();
        if (inGoodOrder && arrived) {
            promises.handovers().letGo(epoch);
        }
    }

    private OwnershipReleased releaseOf(long epoch) {
        return new OwnershipReleased(
                TimeOrderedUuid.at(clock.instant()), clock.instant(), source(), epoch + 1, "http://" + name, offset);
    }

    /** By a crash, or by a signal to stop; another process begins. What it had sent is on its way; nobody hears of it any more. */
    void end() {
        if (random.nextBoolean()) {
            surrender();
        }
        ownership = null;
        past = Past.NONE;
        restartOwed = false;
        settling = false;
        restarting = null;
        way = network.open();
        run++;
        sent.clear();
        stoodAt = network.log().size();
        promises.handovers().started(source());
    }

    void read(int most) {
        for (var i = 0; i < most && ownership != null && offset < network.log().size(); i++) {
            var entry = network.log().get(offset++);
            if (offset <= start) {
                ownership.before(entry, offset - 1);
            } else {
                ownership.read(promises.seen(entry, ownership.epoch(), state()), offset - 1);
                verifyThatItMayRun();
            }
        }
        if (ownership != null && offset == network.log().size()) {
            ownership.caughtUp();
        }
    }

    private void verifyThatItMayRun() {
        var state = state();
        var runs = ownership != null
                && ownership.owning()
                && state != null
                && state.running()
                && !settling
                && !state.lifecycle().equals(restarting);
        if (runs && promises.handovers().indebted(offset)) {
            promises.broken(name + " runs a bot whose owner was lost");
        }
    }

    /** What becomes of the bot when its owner was lost; it may take a while until the host comes to it. */
    private void takeOver(PartitionOwnership owner) {
        settling = false;
        var owed = restartOwed;
        restartOwed = false;
        var state = state();
        if (state == null || !state.running() || !(owed || state.lifecycle().equals(restarting))) {
            return;
        }
        var lifecycle = state.lifecycle();
        restarting = lifecycle;
        var stop = new OnlyIf(now -> now != null && now.lifecycle().equals(lifecycle), new StopBot(StopReason.RESTART));
        owner.submit(
                new Submission(Promises.BOT, stop, null, clock.instant().plus(PATIENCE), new CompletableFuture<>()));
    }

    @Nullable
    BotState state() {
        return ownership == null ? null : ownership.find(Promises.BOT).orElse(null);
    }

    boolean reading() {
        return ownership != null;
    }

    void commands() {
        if (ownership != null && ownership.owning() && settling) {
            takeOver(ownership);
            verifyThatItMayRun();
        }
        for (var left = 1 + random.nextInt(5); left > 0; left--) {
            if (ownership != null && ownership.owning()) {
                command(ownership);
            }
        }
    }

    private void command(PartitionOwnership owner) {
        if (state() == null && random.nextBoolean()) {
            submit(owner, promises.attempt(new CreateBot(Promises.CONFIGURATION), "create", offset));
            return;
        }
        var attempt = switch (random.nextInt(12)) {
            case 0, 1 -> promises.attempt(new StartBot(), null, offset);
            case 2 -> promises.attempt(new StopBot(StopReason.COMMAND), null, offset);
            case 3 -> promises.attempt(new TakeCheckpoint("simulated", UnaryOperator.identity()), null, offset);
            case 4, 5, 6 -> promises.repeatedTrade(random, offset);
            default -> promises.newTrade(offset);
        };
        submit(owner, attempt);
    }

    private void submit(PartitionOwnership owner, Attempt attempt) {
        var outcome = new CompletableFuture<CommandResult>();
        var submission = new Submission(
                Promises.BOT, attempt.command(), keyOf(attempt), clock.instant().plus(PATIENCE), outcome);
        if (fault == Fault.REFUSALS_EARLY
                && Verdict.on(expected(), null, submission, clock.instant()) instanceof Verdict.Refused(var problem)) {
            promises.answered(attempt, problem);
        }
        var _ = outcome.whenComplete((_, failure) -> promises.answered(attempt, failure));
        owner.submit(submission);
    }

    private @Nullable String keyOf(Attempt attempt) {
        var key = attempt.key();
        var onItsWay = key != null && pending().stream().anyMatch(entry -> key.equals(entry.idempotencyKey()));
        return onItsWay && fault == Fault.NO_KEYS_IN_FLIGHT ? null : key;
    }

    private List<BotEventRecorded> pending() {
        var state = state();
        var known = state == null ? 0 : state.sequence();
        return sent.stream().filter(entry -> entry.sequence() > known).toList();
    }

    private @Nullable BotState expected() {
        var state = state();
        for (var entry : pending()) {
            var next = Transition.of(
                    entry.bot(), state, entry.event(), entry.sequence(), entry.time(), entry.idempotencyKey());
            state = next instanceof Transition.Accepted(var accepted) ? accepted : state;
        }
        return state;
    }

    @Override
    public CompletionStage<Void> append(int partition, LogRecord entry) {
        if (entry instanceof OwnershipReleased) {
            releases++;
            if (fault == Fault.NO_RELEASES) {
                return CompletableFuture.completedFuture(null);
            }
        }
        var confirmation = way.send(entry);
        if (entry instanceof BotEventRecorded event) {
            sent.add(event);
            promises.sent(pending().size());
            if (fault == Fault.NO_READ_BACK) {
                var _ = confirmation.thenRun(() -> promises.acknowledgeUnread(event.event()));
            }
        }
        return confirmation;
    }

    @Override
    public void setAside(DeadLetter letter) {
        throw new UnsupportedOperationException("nothing foreign comes here");
    }

    @Override
    public void owned(int partition, long epoch, List<BotState> bots, Succession succession) {
        sent.clear();
        promises.handovers().owned(epoch, from == 0);
        settling = true;
        switch (succession) {
            case LOST -> restartOwed = !(fault == Fault.RELEASES_FOR_EVER && releasedOnce());
            case HANDED_OVER -> restartOwed = false;
            case CONTINUED -> promises.continued(source(), ownerBefore());
        }
    }

    private boolean releasedOnce() {
        return network.log().subList(stoodAt, offset).stream().anyMatch(OwnershipReleased.class::isInstance);
    }

    /** Whose claim counted last before its own, which was read just now. */
    private @Nullable String ownerBefore() {
        var fold = new PartitionFold();
        String owner = null;
        for (var entry : network.log().subList(0, offset - 1)) {
            if (entry instanceof OwnershipClaimed claim && claim.epoch() > fold.epoch()) {
                owner = claim.source();
            }
            fold.apply(entry);
        }
        return owner;
    }

    @Override
    public void applied(int partition, BotState state) {}

    @Override
    public void skipped(int partition, SkipReason reason) {}

    @Override
    public void lost(int partition, String why) {
        sent.clear();
        settling = false;
        if (why.contains("as they were sent")) {
            promises.broken(name + " gave the partition up without an error or another owner: " + why);
        }
    }
}
