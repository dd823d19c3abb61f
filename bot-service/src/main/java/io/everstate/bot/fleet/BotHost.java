package io.everstate.bot.fleet;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.bot.ownership.OwnershipListener;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.RestartBot;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs the bots of the owned partitions: a bot has a runner here exactly while this replica owns its partition and its state says RUNNING.
 * Everything that changes who runs happens in one thread, in the order in which the log was read.
 */
final class BotHost implements OwnershipListener {
    private static final Logger LOG = Logger.getLogger(BotHost.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SUMMARY_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final Supplier<Ownerships> ownerships;
    private final Function<BotState, BotRunner> runnerOf;
    private final CheckpointStore checkpoints;
    private final CheckpointWriter writer;
    private final FleetMetrics metrics;
    private final Duration tick;
    private final ScheduledExecutorService host = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bot-host").factory());
    private final ExecutorService ticks = Executors.newVirtualThreadPerTaskExecutor();
    /** Changed by the host's thread only; read by others too. */
    private final Map<BotId, BotRunner> runners = new ConcurrentHashMap<>();

    private final Set<BotId> healing = new HashSet<>();
    private final Set<BotId> marked = new HashSet<>();
    private final Set<BotId> resumed = new HashSet<>();

    /** @param tick the time between two bars of a bot */
    BotHost(
            Supplier<Ownerships> ownerships,
            Function<BotState, BotRunner> runnerOf,
            CheckpointStore checkpoints,
            CheckpointWriter writer,
            FleetMetrics metrics,
            Duration tick) {
        this.ownerships = ownerships;
        this.runnerOf = runnerOf;
        this.checkpoints = checkpoints;
        this.writer = writer;
        this.metrics = metrics;
        this.tick = tick;
    }

    void start() {
        var _ = host.scheduleAtFixedRate(this::tickAll, tick.toNanos(), tick.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tickAll() {
        runners.values().forEach(runner -> ticks.execute(runner::tick));
    }

    @Override
    public void owned(int partition, long epoch, List<BotState> bots, boolean continued) {
        inHost(() -> takeOver(partition, bots, continued));
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
    public void lost(int partition, String why) {
        LOG.warnf("partition %d is given up: %s", partition, why);
        inHost(() -> List.copyOf(runners.keySet()).stream()
                .filter(bot -> ownerships.get().partitionOf(bot) == partition)
                .forEach(this::endRun));
    }

    /** An executor keeps failures to itself; a defect here must be seen. */
    private void inHost(Runnable work) {
        host.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("the bots' host failed at one piece of work", e);
            }
        });
    }

    private void endRun(BotId bot) {
        var runner = runners.remove(bot);
        if (runner != null) {
            runner.finish();
        }
    }

    private void takeOver(int partition, List<BotState> bots, boolean continued) {
        healFromFiles(partition, bots);
        for (var state : bots) {
            if (continued) {
                reconcile(state);
            } else if (state.running()) {
                afterRestart(state);
            }
        }
        var _ = host.schedule(this::summarise, SUMMARY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Its owner was lost while the bot ran: the policy decides. */
    private void afterRestart(BotState state) {
        var resume = state.configuration().restartPolicy() == RestartPolicy.RESUME;
        (resume ? resumed : marked).add(state.id());
        var _ = submit(state.id(), resume ? new RestartBot() : new StopBot(StopReason.RESTART));
    }

    /** A file is later than the log only when the log lost its end: what it held was acknowledged, so it goes into the log again. */
    private void healFromFiles(int partition, List<BotState> bots) {
        var known = new HashMap<BotId, Long>();
        bots.forEach(state -> known.put(state.id(), state.sequence()));
        for (var bot : checkpoints.bots()) {
            if (ownerships.get().partitionOf(bot) == partition) {
                checkpoints
                        .newest(bot)
                        .filter(state -> state.sequence() > known.getOrDefault(bot, 0L))
                        .ifPresent(state -> heal(state, known.getOrDefault(bot, 0L)));
            }
        }
    }

    private void heal(BotState state, long known) {
        LOG.errorf(
                "the log knows bot %s up to event %d, its local checkpoint has %d: going on from the checkpoint",
                state.id(), known, state.sequence());
        healing.add(state.id());
        var healed = submit(state.id(), new RestoreCheckpoint("the log lost its end", state));
        var _ = healed.thenRun(() -> inHost(() -> {
            healing.remove(state.id());
            if (state.running()) {
                afterRestart(state);
            }
        }));
    }

    private void summarise() {
        if (!marked.isEmpty()) {
            LOG.warnf("%d bots were running before restart, marked as stopped", marked.size());
        }
        if (!resumed.isEmpty()) {
            LOG.infof("%d bots were running before restart, resumed", resumed.size());
        }
        marked.clear();
        resumed.clear();
    }

    private void reconcile(BotState state) {
        var bot = state.id();
        if (!state.running()) {
            endRun(bot);
        } else if (!runners.containsKey(bot)
                && !healing.contains(bot)
                && ownerships.get().owns(bot)) {
            runners.put(bot, runnerOf.apply(state));
        }
        metrics.running(runners.size());
    }

    /** Brings the newest prices of a running bot into its folded state. */
    BotCommand checkpoint(BotId bot, String reason) {
        return new TakeCheckpoint(reason, folded -> {
            var runner = runners.get(bot);
            return runner == null ? folded : runner.newest(folded);
        });
    }

    /** Appends a checkpoint of every running bot. Completes when all of them count or failed. */
    CompletableFuture<Void> checkpointAll(String reason) {
        var all = CompletableFuture.supplyAsync(
                () -> runners.keySet().stream()
                        .map(bot -> submit(bot, checkpoint(bot, reason)))
                        .toArray(CompletableFuture<?>[]::new),
                host);
        return all.thenCompose(CompletableFuture::allOf);
    }

    private CompletableFuture<?> submit(BotId bot, BotCommand command) {
        try {
            return ownerships.get().submit(bot, command, null, PATIENCE).exceptionally(failure -> {
                LOG.warnf(
                        "bot %s: %s did not take effect: %s",
                        bot, command.getClass().getSimpleName(), failure.getMessage());
                return null;
            });
        } catch (NotOwnerException e) {
            LOG.infof("bot %s has moved on: %s", bot, e.getMessage());
            return CompletableFuture.completedFuture(null);
        }
    }

    void stop() throws InterruptedException {
        host.shutdownNow();
        ticks.shutdownNow();
        if (!host.awaitTermination(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("the bots' host did not end in time");
        }
        writer.stop();
    }
}
