package io.everstate.bot.ownership;

import io.everstate.bot.ownership.Promises.Attempt;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.PartitionFold;
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

    private final String name;
    private final SimulatedNetwork network;
    private final Promises promises;
    private final Clock clock;
    private final Random random;
    private final Fault fault;
    private final List<BotEventRecorded> sent = new ArrayList<>();
    private SimulatedNetwork.Way way;
    private int run;
    private long lastOwnEpoch = Assignment.NEVER_OWNED;
    private @Nullable PartitionOwnership ownership;
    private int offset;

    SimulatedReplica(String name, SimulatedNetwork network, Promises promises, Clock clock, Random random) {
        this.name = name;
        this.network = network;
        this.promises = promises;
        this.clock = clock;
        this.random = random;
        this.fault = promises.fault();
        this.way = network.open();
    }

    private String source() {
        return "/" + name + "/" + run;
    }

    /** The group gives it the partition; another one that had it may go on believing so for a while. */
    void assign() {
        if (ownership == null) {
            var replica = new Replica(source(), "http://" + name);
            var assignment = new Assignment(0, new PartitionFold(), lastOwnEpoch);
            ownership = new PartitionOwnership(assignment, replica, this, this, clock, DEPOSED_PAUSE);
            offset = 0;
        }
    }

    void surrender() {
        if (ownership != null) {
            ownership.surrender("the group moved the partition");
            lastOwnEpoch = ownership.lastOwnEpoch();
            ownership = null;
        }
    }

    /** What it had sent is on its way; nobody hears of it any more. */
    void crash() {
        ownership = null;
        lastOwnEpoch = Assignment.NEVER_OWNED;
        way = network.open();
        run++;
        sent.clear();
    }

    void read(int most) {
        for (var i = 0; i < most && ownership != null && offset < network.log().size(); i++) {
            var entry = network.log().get(offset++);
            ownership.read(promises.seen(entry, ownership.epoch(), state()));
        }
        if (ownership != null && offset == network.log().size()) {
            ownership.caughtUp();
        }
    }

    @Nullable
    BotState state() {
        return ownership == null ? null : ownership.find(Promises.BOT).orElse(null);
    }

    boolean reading() {
        return ownership != null;
    }

    void commands() {
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
    public void owned(int partition, long epoch, List<BotState> bots, boolean continued) {
        sent.clear();
        if (continued) {
            promises.continued(source(), ownerBefore());
        }
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
        if (why.contains("as they were sent")) {
            promises.broken(name + " gave the partition up without an error or another owner: " + why);
        }
    }
}
