package io.everstate.bot.hosting;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.hosting.LookBeyondTheLog.Look;
import io.everstate.bot.hosting.Takeovers.Claim;
import io.everstate.bot.ownership.Inheritance;
import io.everstate.bot.ownership.LogWriters;
import io.everstate.bot.ownership.OwnershipListener;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.ReportNotReturned;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.KnownIn;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the bots of the owned partitions: a bot has a runner here exactly while this replica owns its partition and its state says RUNNING.
 * Everything that changes who runs happens in one thread, in the order in which the log was read.
 */
public final class BotHost implements OwnershipListener {
    private static final Logger LOG = Logger.getLogger(BotHost.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SUMMARY_AFTER = Duration.ofSeconds(1);
    static final int CHECKPOINTS_AT_ONCE = 64;

    private final Supplier<Ownerships> ownerships;
    private final TradingFloor floor;
    private final CheckpointWriter writer;
    private final FleetMetrics metrics;
    private final Pace pace;
    private final BotCommands commands;
    private final LongPauses pauses;
    private final MissingBots missing;
    private final HostThreads threads = new HostThreads();
    private final Runs runs = new Runs();
    private final Settlements settlements = new Settlements();
    private final LookBeyondTheLog beyondTheLog;
    private final Takeovers takeovers;
    /** This replica's ownerships, by partition. */
    private final Map<Integer, KnownIn> owned = new ConcurrentHashMap<>();

    private final Set<BotId> configuring = new HashSet<>();
    private int takenOver;

    /**
     * @param tick the time between two bars of a bot
     * @param returnDeadline a bot that should run and does not for this long is reported
     */
    record Pace(Duration tick, Duration returnDeadline) {
        private static final int LOOKS = 5;

        Duration watch() {
            return returnDeadline.dividedBy(LOOKS);
        }
    }

    /** What is known of bots besides the log: local files, who writes them, what others know, and who wrote what the log has. */
    record Memory(CheckpointStore checkpoints, CheckpointWriter writer, LostEnds lostEnds, LogWriters writers) {}

    BotHost(Supplier<Ownerships> ownerships, TradingFloor floor, Memory memory, FleetMetrics metrics, Pace pace) {
        this.ownerships = ownerships;
        this.floor = floor;
        this.writer = memory.writer();
        this.metrics = metrics;
        this.pace = pace;
        this.commands = new BotCommands(ownerships, PATIENCE);
        this.takeovers = new Takeovers(
                ownerships,
                memory,
                commands,
                new Takeovers.Host(
                        threads::inHost,
                        work -> threads.inHostAfter(pace.watch(), work),
                        this::reconcileAgain,
                        claim -> settlements.end(claim.partition(), claim.epoch())));
        this.beyondTheLog = new LookBeyondTheLog(ownerships, memory);
        this.pauses = new LongPauses(floor, commands);
        this.missing = new MissingBots(pace.returnDeadline(), System::nanoTime);
    }

    /** The next tick begins a tick's time after this one: what a standstill of the process left out is not made up for in a rush. */
    public void start() {
        threads.repeat(pace.tick(), this::tickAll);
        threads.repeat(pace.watch(), this::watch);
    }

    private void tickAll() {
        runs.all().stream().filter(runner -> !runner.busy()).forEach(runner -> threads.beside(runner::tick));
    }

    /** For commands that do not come from here. */
    public OutsideCommands outside() {
        return outside(OutsideCommands.PATIENCE);
    }

    OutsideCommands outside(Duration patience) {
        return new OutsideCommands(ownerships, settlements, patience);
    }

    @Override
    public void takes(int partition, long epoch) {
        settlements.begin(partition, epoch);
    }

    @Override
    public void owned(int partition, long epoch, List<BotState> bots, Inheritance inheritance) {
        metrics.succeeded(inheritance.succession());
        owned.put(partition, ownerships.get().ownership(epoch));
        var claim = new Claim(partition, epoch, bots);
        threads.inHost(() -> takeovers.begin(claim, inheritance));
        threads.beside(() -> {
            var look = lookBeyondTheLog(claim);
            threads.inHost(() -> takeOver(claim, look));
        });
    }

    private Look lookBeyondTheLog(Claim claim) {
        var looks = new ArrayList<Look>();
        HostThreads.guarded(() -> looks.add(beyondTheLog.at(claim)));
        return looks.isEmpty() ? Look.UNKNOWN : looks.getFirst();
    }

    private void takeOver(Claim claim, Look look) {
        takeovers.carryOut(claim, look).forEach(this::reconcile);
        summariseSoon();
        askAgainSoon(claim);
    }

    /** As long as nobody has said what the log has lost, and the partition is owned. */
    private void askAgainSoon(Claim claim) {
        threads.inHostAfter(pace.returnDeadline(), () -> {
            if (takeovers.isUnanswered(claim)) {
                threads.beside(() -> answer(claim, lookBeyondTheLog(claim)));
            }
        });
    }

    private void answer(Claim claim, Look look) {
        if (look.answered()) {
            threads.inHost(() -> takeovers.answered(claim, look.lostEnds()));
        } else {
            askAgainSoon(claim);
        }
    }

    @Override
    public void applied(int partition, BotState state) {
        metrics.applied();
        writer.save(new KnownState(state, owned.get(partition)));
        threads.inHost(() -> reconcile(state));
    }

    @Override
    public void skipped(int partition, SkipReason reason) {
        metrics.skipped(reason);
    }

    @Override
    public void fenced(int partition, BotEventRecorded late) {
        LOG.warnf(
                "partition %d: event %d of bot %s, written by %s in its ownership %d, came too late and counts nowhere",
                partition, late.sequence(), late.bot(), late.source(), late.epoch());
        metrics.fenced();
    }

    @Override
    public void foreign(int partition) {
        metrics.foreign();
    }

    @Override
    public void parked(int partition, BotId bot, Parking parking) {
        threads.inHost(() -> {
            runs.end(bot);
            metrics.running(runs.size());
        });
    }

    @Override
    public void lost(int partition, String why) {
        LOG.warnf("partition %d is given up: %s", partition, why);
        settlements.lost(partition);
        threads.inHost(() -> {
            takeovers.lost(partition);
            missing.forget(bot -> isIn(partition, bot));
            runs.bots().stream().filter(bot -> isIn(partition, bot)).forEach(runs::end);
            metrics.running(runs.size());
        });
    }

    private boolean isIn(int partition, BotId bot) {
        return ownerships.get().partitionOf(bot) == partition;
    }

    private void summariseSoon() {
        takenOver++;
        var last = takenOver;
        threads.inHostAfter(SUMMARY_AFTER, () -> {
            if (last == takenOver) {
                takeovers.say();
            }
        });
    }

    private void reconcile(BotState state) {
        var bot = state.id();
        takeovers.seen(state);
        if (!runsHere(state)) {
            runs.end(bot);
            missing.found(bot);
        } else if (!takeovers.holds(bot)) {
            // what was read meanwhile counts: behind an older state a bar would be traded on twice
            ownerships.get().followed(bot).filter(BotHost::runsHere).ifPresent(this::beginRun);
        }
        metrics.running(runs.size());
    }

    /** A bot that runs elsewhere is RUNNING too, while it says so. */
    static boolean runsHere(BotState state) {
        return state.hosted() && state.running();
    }

    private void beginRun(BotState state) {
        var bot = state.id();
        if (runs.find(bot).filter(run -> !run.follows(state.configuration())).isPresent()) {
            configureAnew(bot);
            return;
        }
        try {
            if (pauses.away(state)) {
                value(state);
            } else if (!runs.begin(bot, () -> floor.runner(state))) {
                threads.inHostAfter(pace.tick(), () -> reconcileAgain(bot));
            }
        } catch (RuntimeException e) {
            hindered(bot, String.valueOf(e.getMessage()), e);
        }
    }

    /** The run by the old configuration ends behind a checkpoint, so that no bar is traded on twice. */
    private void configureAnew(BotId bot) {
        if (!configuring.add(bot)) {
            return;
        }
        var saved = commands.submit(bot, checkpoint(bot, "configured anew"));
        var _ = saved.thenAccept(_ -> threads.inHost(() -> {
            configuring.remove(bot);
            runs.end(bot);
            reconcileAgain(bot);
        }));
    }

    private void value(BotState state) {
        var bot = state.id();
        if (pauses.valuing(bot)) {
            return;
        }
        var valued = pauses.value(state);
        if (valued.isEmpty()) {
            hindered(bot, "there is no present price of its markets yet", null);
            return;
        }
        var _ = valued.get().thenAccept(counts -> threads.inHost(() -> afterValuation(bot, counts)));
    }

    private void afterValuation(BotId bot, boolean counts) {
        pauses.done(bot);
        if (counts) {
            ownerships.get().followed(bot).ifPresent(LongPauses::say);
            reconcileAgain(bot);
        }
    }

    /** Bots that should run and do not are begun again, and reported when that does not help. */
    private void watch() {
        ownerships.get().bots().stream().filter(BotHost::runsHere).forEach(this::watch);
    }

    private void watch(BotState state) {
        var bot = state.id();
        var absence = state.lifecycle().absence();
        var reported = absence != null && absence.notReturned() != null;
        if (runs.find(bot).filter(run -> !run.finished()).isPresent()) {
            missing.found(bot);
            if (reported) {
                var _ = commands.submit(bot, new TakeCheckpoint("it runs again", BotHost::found));
            }
            return;
        }
        reconcile(state);
        // what is decided about it comes first: until then it must not run
        if (!reported && !takeovers.holds(bot)) {
            missing.overdue(bot).ifPresent(why -> report(state, why));
        }
    }

    private static BotState found(BotState state) {
        return state.withLifecycle(state.lifecycle().found());
    }

    private void report(BotState state, String why) {
        var reason = state.configuration().name() + ": " + why;
        LOG.errorf("bot %s should run and does not: %s", state.id(), reason);
        var lifecycle = state.lifecycle();
        var _ = commands.submit(
                state.id(),
                new OnlyIf(now -> now != null && now.lifecycle().equals(lifecycle), new ReportNotReturned(reason)));
    }

    private void hindered(BotId bot, String why, @Nullable Throwable cause) {
        if (missing.hindered(bot, why)) {
            LOG.errorf(cause, "bot %s cannot run here, the others go on: %s", bot, why);
        }
    }

    private void reconcileAgain(BotId bot) {
        ownerships.get().followed(bot).ifPresent(this::reconcile);
    }

    /** Brings the newest prices of a running bot into its folded state. */
    public BotCommand checkpoint(BotId bot, String reason) {
        return new TakeCheckpoint(
                reason,
                folded -> runs.find(bot).map(runner -> runner.newest(folded)).orElse(folded));
    }

    /**
     * Appends a checkpoint of every running bot, some at a time: all at once they would fill the producer, and an append that waits too
     * long gives its partition up. Completes when all of them count or failed, or fails when that takes too long.
     */
    public CompletableFuture<Void> checkpointAll(String reason) {
        var running = List.copyOf(runs.bots());
        var lanes = IntStream.range(0, Math.min(CHECKPOINTS_AT_ONCE, running.size()))
                .mapToObj(first -> checkpointEach(every(CHECKPOINTS_AT_ONCE, first, running), reason))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(lanes).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static List<BotId> every(int step, int first, List<BotId> bots) {
        return IntStream.iterate(first, next -> next < bots.size(), next -> next + step)
                .mapToObj(bots::get)
                .toList();
    }

    /** One after the other. */
    private CompletableFuture<Boolean> checkpointEach(List<BotId> bots, String reason) {
        var last = CompletableFuture.completedFuture(true);
        for (var bot : bots) {
            // in the host's thread: what completes the one before holds its partition's lock
            last = last.thenComposeAsync(_ -> commands.submit(bot, checkpoint(bot, reason)), threads.refusing());
        }
        return last;
    }

    public void stop() throws InterruptedException {
        threads.stop();
        writer.stop();
    }
}
