package io.everstate.bot.ownership;

import io.everstate.bot.ownership.Promises.Attempt;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotId;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    /** As the host of the bots: whether it has not begun with them, and those that it has to restart. */
    private boolean settling;

    private final Map<BotId, Lifecycle> restarting = new HashMap<>();

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
            fold.apply(promises.seen(entry, fold));
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
        var hadIt = owner.owning();
        var epoch = owner.epoch();
        var inGoodOrder = hadIt && promises.handovers().sawEnough(epoch) && !deciding();
        var sentBefore = releases;
        var released = owner.release("the group moved the partition").toCompletableFuture();
        if (hadIt && releases == sentBefore && fault == Fault.RELEASED_WHILE_DECIDING) {
            released = way.send(releaseOf(epoch));
        }
        var arrived = random.nextBoolean() && network.flush(way) && !released.isCompletedExceptionally();
        if (inGoodOrder && arrived) {
            promises.handovers().letGo(epoch);
        }
    }

    /** Whether it is on its way what becomes of a bot. */
    private boolean deciding() {
        return Promises.BOTS.stream()
                .anyMatch(bot -> promises.handovers().indebted(bot, offset)
                        && !pending(bot).isEmpty());
    }

    private OwnershipReleased releaseOf(long epoch) {
        var now = clock.instant();
        return new OwnershipReleased(
                TimeOrderedUuid.at(now), now, source(), epoch + 1, "http://" + name, offset, List.of());
    }

    /** By a crash, or by a signal to stop; another process begins. What it had sent is on its way; nobody hears of it any more. */
    void end() {
        if (random.nextBoolean()) {
            surrender();
        }
        ownership = null;
        past = Past.NONE;
        settling = false;
        restarting.clear();
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
                ownership.read(promises.seen(entry, ownership.epoch(), ownership::find), offset - 1);
                verifyThatTheyMayRun();
            }
        }
        if (ownership != null && offset == network.log().size()) {
            ownership.caughtUp();
        }
    }

    private void verifyThatTheyMayRun() {
        if (ownership == null || !ownership.owning() || settling) {
            return;
        }
        for (var bot : Promises.BOTS) {
            var state = state(bot);
            if (state != null
                    && state.running()
                    && !isRestarting(state)
                    && promises.handovers().indebted(bot, offset)) {
                promises.broken(name + " runs bot " + bot + " whose owner was lost");
            }
        }
    }

    private boolean isRestarting(BotState state) {
        return state.running() && state.lifecycle().equals(restarting.get(state.id()));
    }

    /** What becomes of the bots whose owner was lost; it may take a while until the host comes to it. */
    private void takeOver(PartitionOwnership owner) {
        settling = false;
        for (var bot : Promises.BOTS) {
            var state = state(bot);
            var neglected = bot.equals(Promises.NEGLECTED) && random.nextInt(10) > 0;
            if (state != null && isRestarting(state) && !neglected) {
                var lifecycle = state.lifecycle();
                submit(
                        owner,
                        bot,
                        new OnlyIf(
                                now -> now != null && now.lifecycle().equals(lifecycle),
                                new StopBot(StopReason.RESTART)));
            }
        }
    }

    private void submit(PartitionOwnership owner, BotId bot, BotCommand command) {
        owner.submit(new Submission(bot, command, null, clock.instant().plus(PATIENCE), new CompletableFuture<>()));
    }

    @Nullable
    BotState state(BotId bot) {
        return ownership == null ? null : ownership.find(bot).orElse(null);
    }

    boolean reading() {
        return ownership != null;
    }

    void commands() {
        if (ownership != null && ownership.owning() && settling) {
            takeOver(ownership);
            verifyThatTheyMayRun();
        }
        for (var left = 1 + random.nextInt(5); left > 0; left--) {
            if (ownership != null && ownership.owning()) {
                command(ownership);
            }
        }
    }

    private void command(PartitionOwnership owner) {
        if (random.nextInt(8) == 0) {
            commandToTheNeglected(owner);
            return;
        }
        if (state(Promises.BOT) == null && random.nextBoolean()) {
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

    /** Mostly it runs. */
    private void commandToTheNeglected(PartitionOwnership owner) {
        var state = state(Promises.NEGLECTED);
        if (state == null) {
            submit(owner, Promises.NEGLECTED, new CreateBot(Promises.CONFIGURATION));
        } else if (!state.running()) {
            submit(owner, Promises.NEGLECTED, new StartBot());
        } else if (random.nextInt(10) == 0) {
            submit(owner, Promises.NEGLECTED, new StopBot(StopReason.COMMAND));
        }
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
        var onItsWay =
                key != null && pending(Promises.BOT).stream().anyMatch(entry -> key.equals(entry.idempotencyKey()));
        return onItsWay && fault == Fault.NO_KEYS_IN_FLIGHT ? null : key;
    }

    private List<BotEventRecorded> pending(BotId bot) {
        var state = state(bot);
        var known = state == null ? 0 : state.sequence();
        return sent.stream()
                .filter(entry -> entry.bot().equals(bot) && entry.sequence() > known)
                .toList();
    }

    private @Nullable BotState expected() {
        var state = state(Promises.BOT);
        for (var entry : pending(Promises.BOT)) {
            var next = Transition.of(
                    entry.bot(), state, entry.event(), entry.sequence(), entry.time(), entry.idempotencyKey());
            state = next instanceof Transition.Accepted(var accepted) ? accepted : state;
        }
        return state;
    }

    @Override
    public CompletionStage<Void> append(int partition, LogRecord entry) {
        if (entry instanceof OwnershipReleased release) {
            releases++;
            return let(release);
        }
        var confirmation = way.send(entry);
        if (entry instanceof BotEventRecorded event) {
            sent.add(event);
            promises.sent(pending(Promises.BOT).size());
            if (fault == Fault.NO_READ_BACK) {
                var _ = confirmation.thenRun(() -> promises.acknowledgeUnread(event.event()));
            }
        }
        return confirmation;
    }

    private CompletionStage<Void> let(OwnershipReleased release) {
        var withheld = fault == Fault.NO_RELEASES
                || (fault == Fault.NOT_RELEASED_WHILE_OWING && !release.owed().isEmpty());
        if (withheld) {
            return CompletableFuture.completedFuture(null);
        }
        return way.send(fault == Fault.NOBODY_IS_NAMED ? releaseOf(release.epoch() - 1) : release);
    }

    @Override
    public void setAside(DeadLetter letter) {
        throw new UnsupportedOperationException("nothing foreign comes here");
    }

    @Override
    public void owned(int partition, long epoch, List<BotState> bots, Inheritance inheritance) {
        sent.clear();
        promises.handovers().owned(epoch, from == 0);
        settling = true;
        if (inheritance.succession() == Succession.CONTINUED) {
            promises.continued(source(), ownerBefore());
        } else {
            restarting.clear();
        }
        var forgotten = switch (inheritance.succession()) {
            case LOST -> fault == Fault.RELEASES_FOR_EVER && releasedOnce();
            case HANDED_OVER -> fault == Fault.NAMES_ARE_NOT_READ;
            case CONTINUED -> false;
        };
        if (!forgotten) {
            bots.stream()
                    .filter(state -> inheritance.owed().contains(state.id()))
                    .forEach(state -> restarting.put(state.id(), state.lifecycle()));
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
