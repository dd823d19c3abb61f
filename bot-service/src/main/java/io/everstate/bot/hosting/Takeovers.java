package io.everstate.bot.hosting;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.ownership.Inheritance;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.bot.ownership.Succession;
import io.everstate.contracts.bot.BotCommand.OnlyIf;
import io.everstate.contracts.bot.BotCommand.RestartBot;
import io.everstate.contracts.bot.BotCommand.RestoreCheckpoint;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the bots of a partition that this replica takes: those that ran at an owner that was lost are restarted or marked as
 * stopped, and one of which a local file or state-service knows more than the log goes on from that. Until that counts they must not run. Used by the
 * host's thread only, but for {@link #statesAhead}.
 */
final class Takeovers {
    private static final Logger LOG = Logger.getLogger(Takeovers.class);
    /** More events than a bot can have acknowledged since its file was last written: numbers are never used twice. */
    static final long HEALED_AHEAD = 1_000_000;

    private final Supplier<Ownerships> ownerships;
    private final CheckpointStore checkpoints;
    private final CheckpointWriter writer;
    private final LostEnds lostEnds;
    private final BotCommands commands;
    private final Host host;
    private final RestartSummary restarts = new RestartSummary();
    /** Partitions whose files are still being read, with their epochs: none of their bots begins a run before. */
    private final Map<Integer, Long> settling = new HashMap<>();
    /** Partitions into which a healed bot may have come unseen: when this process goes on with them, its bots need not have been ours. */
    private final Set<Integer> healedUnseen = new HashSet<>();

    private final Set<BotId> healing = new HashSet<>();
    /** Bots to which a restart is owed that does not count yet, as they were then: they must not run before, also at a later ownership. */
    private final Map<BotId, Lifecycle> restarting = new HashMap<>();

    /**
     * @param thread the host's
     * @param soon the same, a little later
     * @param again looks anew whether a bot is to run
     * @param settled hears of a partition of whose bots it is decided what they go on from
     */
    record Host(Executor thread, Executor soon, Consumer<BotId> again, IntConsumer settled) {}

    /** @param bots the states when the claim was read: who ran then, ran at an owner that was lost */
    record Claim(int partition, long epoch, List<BotState> bots) {}

    Takeovers(Supplier<Ownerships> ownerships, BotHost.Memory memory, BotCommands commands, Host host) {
        this.ownerships = ownerships;
        this.checkpoints = memory.checkpoints();
        this.writer = memory.writer();
        this.lostEnds = memory.lostEnds();
        this.commands = commands;
        this.host = host;
    }

    /** What this process owed to bots of the partition before, an owner since has done or left to this one by name. */
    void begin(Claim claim, Inheritance inheritance) {
        settling.put(claim.partition(), claim.epoch());
        if (inheritance.succession() != Succession.CONTINUED) {
            healedUnseen.remove(claim.partition());
            restarting.keySet().removeIf(bot -> isIn(claim.partition(), bot));
        }
        claim.bots().stream()
                .filter(state -> inheritance.owed().contains(state.id()))
                .forEach(state -> restarting.put(state.id(), state.lifecycle()));
    }

    void lost(int partition) {
        settling.remove(partition);
    }

    /**
     * What local files, or state-service, know more than the log, the newest of each bot. Slow, and for any thread: the host's must go on with
     * the other bots.
     */
    Map<BotId, BotState> statesAhead(Claim claim) {
        var inLog = claim.bots().stream().collect(Collectors.toMap(BotState::id, BotState::sequence));
        var ahead = new HashMap<BotId, BotState>();
        checkpoints.bots().stream()
                .filter(bot -> isIn(claim.partition(), bot))
                .filter(bot -> checkpoints.newestSequence(bot).orElse(0L) > inLog.getOrDefault(bot, 0L))
                .forEach(bot -> checkpoints.newest(bot).ifPresent(file -> ahead.put(bot, file)));
        lostEnds.of(claim.partition()).stream()
                .filter(known -> known.sequence() > inLog.getOrDefault(known.id(), 0L))
                .forEach(known -> ahead.merge(
                        known.id(), known, BinaryOperator.maxBy(Comparator.comparingLong(BotState::sequence))));
        return ahead;
    }

    /**
     * Commands may have counted since the claim, so what is decided here is decided on the present states, which are returned; none when
     * the partition was lost meanwhile.
     */
    List<BotState> carryOut(Claim claim, Map<BotId, BotState> files) {
        var partition = claim.partition();
        if (!settling.remove(partition, claim.epoch())) {
            return List.of();
        }
        var present = ownerships.get().botsByPartition().getOrDefault(partition, List.of());
        var parked = parkedIn(partition);
        try {
            settleWithFiles(files, present, parked);
        } finally {
            // what waited comes behind the checkpoints that heal, for commands to a bot keep their order
            host.settled().accept(partition);
        }
        var unseen = healedUnseen.remove(partition);
        claim.bots().stream()
                .filter(state -> BotHost.runsHere(state) && !healing.contains(state.id()))
                .filter(state -> !parked.contains(state.id()))
                .filter(state -> unseen || isRestarting(state))
                .forEach(this::afterRestart);
        return present;
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

    private boolean isIn(int partition, BotId bot) {
        return ownerships.get().partitionOf(bot) == partition;
    }

    private void settleWithFiles(Map<BotId, BotState> files, List<BotState> present, Set<BotId> parked) {
        var known = present.stream().collect(Collectors.toMap(BotState::id, Function.identity()));
        files.forEach((bot, file) -> {
            if (!parked.contains(bot)) {
                settleWith(file, known.get(bot));
            }
        });
        present.stream()
                .filter(state -> !healing.contains(state.id()) && !parked.contains(state.id()))
                .forEach(writer::save);
    }

    private void settleWith(BotState file, @Nullable BotState inLog) {
        if (isLost(file, inLog)) {
            heal(file, inLog == null ? 0 : inLog.sequence());
        } else if (inLog != null && file.sequence() > inLog.sequence()) {
            LOG.errorf(
                    "the log lost events of bot %s: it has event %d of %s, a checkpoint of it or state-service event %d of %s. It went on since, so that it is not gone back to: restore it by hand if that is wanted",
                    file.id(), inLog.sequence(), inLog.updatedAt(), file.sequence(), file.updatedAt());
        }
    }

    /** What counted behind the end that the log has lost was acknowledged too: it is not taken back. */
    private static boolean isLost(BotState file, @Nullable BotState inLog) {
        return inLog == null
                || (inLog.sequence() < file.sequence() && !inLog.updatedAt().isAfter(file.updatedAt()));
    }

    /** Something is later than the log only when the log lost its end: what it held was acknowledged, so it goes into the log again. */
    private void heal(BotState file, long known) {
        LOG.errorf(
                "the log knows bot %s up to event %d, a checkpoint of it or state-service has %d: going on from that",
                file.id(), known, file.sequence());
        healing.add(file.id());
        restore(file);
    }

    private void restore(BotState file) {
        var restored = commands.submit(
                file.id(),
                new OnlyIf(
                        now -> isLost(file, now),
                        new RestoreCheckpoint("the log lost its end", file, file.sequence() + HEALED_AHEAD)));
        var _ = restored.thenAcceptAsync(counts -> afterHealing(file, counts), host.thread());
    }

    private void afterHealing(BotState file, boolean counts) {
        var bot = file.id();
        if (!counts && behind(file)) {
            // too many commands waited for the bot: it must not go on from what the log knows
            host.soon().execute(() -> restore(file));
            return;
        }
        healing.remove(bot);
        if (counts && BotHost.runsHere(file)) {
            afterRestart(file);
        } else {
            oweRestart(bot);
            ownerships
                    .get()
                    .followed(bot)
                    .filter(this::isRestarting)
                    .ifPresentOrElse(this::afterRestart, () -> host.again().accept(bot));
        }
    }

    private boolean behind(BotState file) {
        var bot = file.id();
        var here = ownerships.get();
        return here.owns(bot)
                && !here.parked().containsKey(bot)
                && here.followed(bot).map(BotState::sequence).orElse(0L) < file.sequence();
    }

    /** What was lost on its way may have landed: the next takeover must not take the bot for one that ran here. */
    private void oweRestart(BotId bot) {
        if (!ownerships.get().owns(bot)) {
            healedUnseen.add(ownerships.get().partitionOf(bot));
        }
    }

    /** Its owner was lost while the bot ran: the policy decides, unless somebody has started or stopped it since. */
    private void afterRestart(BotState state) {
        var resume = state.configuration().restartPolicy() == RestartPolicy.RESUME;
        var lifecycle = state.lifecycle();
        restarts.add(state.id(), resume);
        restarting.put(state.id(), lifecycle);
        var asked = commands.submit(
                state.id(),
                new OnlyIf(
                        now -> now != null && now.runsAs(lifecycle),
                        resume ? new RestartBot() : new StopBot(StopReason.RESTART)));
        var _ = asked.thenAcceptAsync(counts -> unless(counts, state), host.soon());
    }

    /** Too many commands waited for the bot: nobody else would ask again, and it would be held for ever. */
    private void unless(boolean counts, BotState state) {
        if (!counts
                && ownerships
                        .get()
                        .followed(state.id())
                        .filter(this::isRestarting)
                        .isPresent()) {
            afterRestart(state);
        }
    }

    private boolean isRestarting(BotState state) {
        var then = restarting.get(state.id());
        return then != null && state.runsAs(then);
    }

    /** The bot is this now: what was asked for before and made another of it is over. */
    void seen(BotState state) {
        if (!isRestarting(state)) {
            restarting.remove(state.id());
        }
    }

    /** Whether what is on its way to the log decides about the bot. */
    private boolean underway(BotId bot) {
        return healing.contains(bot) || restarting.containsKey(bot);
    }

    /** Whether the bot must not begin a run yet. */
    boolean holds(BotId bot) {
        return underway(bot) || settling.containsKey(ownerships.get().partitionOf(bot));
    }

    /** Partitions come one after the other; people want one sentence when all have come. */
    void say() {
        restarts.say();
    }
}
