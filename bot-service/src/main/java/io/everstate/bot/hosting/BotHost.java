package io.everstate.bot.hosting;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.ownership.OwnershipListener;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.ReportNotReturned;
import io.everstate.contracts.bot.BotCommand.RestartBot;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.Parking;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
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
    /** More events than a bot can have acknowledged since its file was last written: numbers are never used twice. */
    static final long HEALED_AHEAD = 1_000_000;

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final Supplier<Ownerships> ownerships;
    private final TradingFloor floor;
    private final CheckpointStore checkpoints;
    private final CheckpointWriter writer;
    private final FleetMetrics metrics;
    private final Pace pace;
    private final BotCommands commands;
    private final LongPauses pauses;
    private final MissingBots missing;
    private final ScheduledExecutorService host = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bot-host").factory());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Runs runs = new Runs();
    /** Partitions whose files are still being read, with their epochs: none of their bots begins a run before. */
    private final Map<Integer, Long> settling = new HashMap<>();

    /** Partitions of lost owners whose takeover has not been carried out: losing them meanwhile does not make their bots ours. */
    private final Set<Integer> restartsOwed = new HashSet<>();

    private final Set<BotId> healing = new HashSet<>();
    private final Set<BotId> configuring = new HashSet<>();
    /** Bots whose restart is asked for and does not count yet, as they were then: they must not run before. */
    private final Map<BotId, Lifecycle> restarting = new HashMap<>();

    private final RestartSummary restarts = new RestartSummary();
    private @Nullable Future<?> summary;

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

    BotHost(
            Supplier<Ownerships> ownerships,
            TradingFloor floor,
            CheckpointStore checkpoints,
            CheckpointWriter writer,
            FleetMetrics metrics,
            Pace pace) {
        this.ownerships = ownerships;
        this.floor = floor;
        this.checkpoints = checkpoints;
        this.writer = writer;
        this.metrics = metrics;
        this.pace = pace;
        this.commands = new BotCommands(ownerships, PATIENCE);
        this.pauses = new LongPauses(floor, commands);
        this.missing = new MissingBots(pace.returnDeadline(), System::nanoTime);
    }

    /** The next tick begins a tick's time after this one: what a standstill of the process left out is not made up for in a rush. */
    public void start() {
        repeat(pace.tick(), this::tickAll);
        repeat(pace.watch(), this::watch);
    }

    private void repeat(Duration interval, Runnable work) {
        var _ = host.scheduleWithFixedDelay(
                () -> guarded(work), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tickAll() {
        runs.all().stream().filter(runner -> !runner.busy()).forEach(runner -> workers.execute(runner::tick));
    }

    @Override
    public void owned(int partition, long epoch, List<BotState> bots, boolean continued) {
        inHost(() -> {
            settling.put(partition, epoch);
            if (!continued) {
                restartsOwed.add(partition);
            }
        });
        workers.execute(() -> {
            var files = new HashMap<BotId, BotState>();
            guarded(() -> files.putAll(newestFiles(partition, bots)));
            inHost(() -> takeOver(partition, epoch, bots, files));
        });
    }

    /** Read beside the host's thread, which must go on with the other bots. */
    private Map<BotId, BotState> newestFiles(int partition, List<BotState> bots) {
        var ids = bots.stream().map(BotState::id).collect(Collectors.toCollection(HashSet::new));
        checkpoints.bots().stream().filter(bot -> isIn(partition, bot)).forEach(ids::add);
        var newest = new HashMap<BotId, BotState>();
        ids.forEach(bot -> checkpoints.newest(bot).ifPresent(file -> newest.put(bot, file)));
        return newest;
    }

    @Override
    public void applied(int partition, BotState state) {
        metrics.applied();
        writer.save(state);
        inHost(() -> reconcile(state));
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
        inHost(() -> {
            runs.end(bot);
            metrics.running(runs.size());
        });
    }

    @Override
    public void lost(int partition, String why) {
        LOG.warnf("partition %d is given up: %s", partition, why);
        inHost(() -> {
            settling.remove(partition);
            runs.bots().stream().filter(bot -> isIn(partition, bot)).forEach(runs::end);
            metrics.running(runs.size());
        });
    }

    private boolean isIn(int partition, BotId bot) {
        return ownerships.get().partitionOf(bot) == partition;
    }

    /** An executor keeps failures to itself; a defect here must be seen. */
    private void inHost(Runnable work) {
        host.execute(() -> guarded(work));
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("the bots' host failed at one piece of work", e);
        }
    }

    /**
     * Commands may have counted since the claim, so what is decided here is decided on the present states.
     *
     * @param claimed the states when the claim was read: who ran then, ran at an owner that was lost
     */
    private void takeOver(int partition, long epoch, List<BotState> claimed, Map<BotId, BotState> files) {
        if (!settling.remove(partition, epoch)) {
            return;
        }
        var present = ownerships.get().botsByPartition().getOrDefault(partition, List.of()).stream()
                .collect(Collectors.toMap(BotState::id, Function.identity()));
        var parked = parkedIn(partition);
        files.keySet().removeAll(parked);
        files.forEach((bot, file) -> settleWithFile(file, present.get(bot)));
        present.values().stream()
                .filter(state -> !files.containsKey(state.id()) && !parked.contains(state.id()))
                .forEach(writer::save);
        var owed = restartsOwed.remove(partition);
        claimed.stream()
                .filter(state -> runsHere(state) && !healing.contains(state.id()) && !parked.contains(state.id()))
                .filter(state -> owed || isRestarting(state))
                .forEach(this::afterRestart);
        present.values().forEach(this::reconcile);
        summariseSoon();
    }

    /** Nothing is done about a bot whose present state is not known: it does not run, and no file is taken for it or written of it. */
    private Set<BotId> parkedIn(int partition) {
        var parked = ownerships.get().parked().keySet().stream()
                .filter(bot -> isIn(partition, bot))
                .collect(Collectors.toSet());
        if (!parked.isEmpty()) {
            LOG.errorf("partition %d: bots %s are parked and do not run", partition, parked);
        }
        return parked;
    }

    /** Its owner was lost while the bot ran: the policy decides, unless somebody has started or stopped it since. */
    private void afterRestart(BotState state) {
        var resume = state.configuration().restartPolicy() == RestartPolicy.RESUME;
        var lifecycle = state.lifecycle();
        restarts.add(state.id(), resume);
        restarting.put(state.id(), lifecycle);
        var _ = commands.submit(
                state.id(),
                new OnlyIf(
                        now -> now != null && now.lifecycle().equals(lifecycle),
                        resume ? new RestartBot() : new StopBot(StopReason.RESTART)));
    }

    private boolean isRestarting(BotState state) {
        return state.lifecycle().equals(restarting.get(state.id()));
    }

    /** A file is later than the log only when the log lost its end: what it held was acknowledged, so it goes into the log again. */
    private void settleWithFile(BotState file, @Nullable BotState known) {
        var inLog = known == null ? 0 : known.sequence();
        if (file.sequence() > inLog) {
            heal(file, inLog);
        } else if (known != null && file.sequence() < inLog) {
            writer.save(known);
        }
    }

    private void heal(BotState state, long known) {
        LOG.errorf(
                "the log knows bot %s up to event %d, its local checkpoint has %d: going on from the checkpoint",
                state.id(), known, state.sequence());
        healing.add(state.id());
        var healed = commands.submit(
                state.id(),
                new OnlyIf(
                        now -> now == null || now.sequence() < state.sequence(),
                        new RestoreCheckpoint("the log lost its end", state, state.sequence() + HEALED_AHEAD)));
        var _ = healed.thenAccept(counts -> inHost(() -> {
            healing.remove(state.id());
            if (counts && runsHere(state)) {
                afterRestart(state);
            } else {
                oweRestart(state.id());
                reconcileAgain(state.id());
            }
        }));
    }

    /** What was lost on its way may have landed: the next takeover must not take the bot for one that ran here. */
    private void oweRestart(BotId bot) {
        if (!ownerships.get().owns(bot)) {
            restartsOwed.add(ownerships.get().partitionOf(bot));
        }
    }

    private void summariseSoon() {
        if (summary != null) {
            summary.cancel(false);
        }
        summary = host.schedule(restarts::say, SUMMARY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void reconcile(BotState state) {
        var bot = state.id();
        if (!isRestarting(state)) {
            restarting.remove(bot);
        }
        if (!runsHere(state)) {
            runs.end(bot);
            missing.found(bot);
        } else if (!healing.contains(bot)
                && !restarting.containsKey(bot)
                && !settling.containsKey(ownerships.get().partitionOf(bot))
                && ownerships.get().follows(bot)) {
            // what was read meanwhile counts: behind an older state a bar would be traded on twice
            ownerships.get().find(bot).filter(BotHost::runsHere).ifPresent(this::beginRun);
        }
        metrics.running(runs.size());
    }

    /** A bot that runs elsewhere is RUNNING too, while it says so. */
    private static boolean runsHere(BotState state) {
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
                var _ = host.schedule(
                        () -> guarded(() -> reconcileAgain(bot)), pace.tick().toNanos(), TimeUnit.NANOSECONDS);
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
        var _ = saved.thenAccept(_ -> inHost(() -> {
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
        var _ = valued.get().thenAccept(counts -> inHost(() -> afterValuation(bot, counts)));
    }

    private void afterValuation(BotId bot, boolean counts) {
        pauses.done(bot);
        if (counts && ownerships.get().owns(bot)) {
            ownerships.get().find(bot).ifPresent(LongPauses::say);
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
        // what is on its way to the log decides first; a report would make it be of another state than it was meant for
        if (!reported && !healing.contains(bot) && !restarting.containsKey(bot)) {
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
        if (ownerships.get().owns(bot)) {
            ownerships.get().find(bot).ifPresent(this::reconcile);
        }
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
        var all = CompletableFuture.<Void>completedFuture(null);
        for (var some : runs.bots().stream()
                .gather(Gatherers.windowFixed(CHECKPOINTS_AT_ONCE))
                .toList()) {
            // in the host's thread: what completes the ones before holds their partition's lock
            all = all.thenComposeAsync(_ -> checkpointSome(some, reason), host);
        }
        return all.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> checkpointSome(List<BotId> bots, String reason) {
        return CompletableFuture.allOf(bots.stream()
                .map(bot -> commands.submit(bot, checkpoint(bot, reason)))
                .toArray(CompletableFuture<?>[]::new));
    }

    public void stop() throws InterruptedException {
        host.shutdownNow();
        workers.shutdownNow();
        if (!host.awaitTermination(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("the bots' host did not end in time");
        }
        writer.stop();
    }
}
