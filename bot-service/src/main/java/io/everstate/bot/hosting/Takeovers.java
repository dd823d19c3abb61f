package io.everstate.bot.hosting;

import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.hosting.LookBeyondTheLog.Look;
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
import io.everstate.contracts.log.KnownState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the bots of a partition that this replica takes: those that ran at an owner that was lost are restarted or marked as
 * stopped, and one of which a local file or state-service knows more than the log goes on from that. Until that counts they must not run. Used by
 * the host's thread only.
 */
final class Takeovers {
    private static final Logger LOG = Logger.getLogger(Takeovers.class);
    /** More events than a bot can have acknowledged since its file was last written: numbers are never used twice. */
    static final long HEALED_AHEAD = 1_000_000;

    private final Supplier<Ownerships> ownerships;
    private final CheckpointWriter writer;
    private final BotCommands commands;
    private final Host host;
    private final RestartSummary restarts = new RestartSummary();
    /** Partitions whose files are still being read, with their epochs: none of their bots begins a run before. */
    private final Map<Integer, Long> settling = new HashMap<>();
    /** Partitions into which a healed bot may have come unseen: when this process goes on with them, its bots need not have been ours. */
    private final Set<Integer> healedUnseen = new HashSet<>();

    /** Partitions of which nobody has said yet what the log has lost, with their epochs. */
    private final Map<Integer, Long> unanswered = new HashMap<>();

    private final Set<BotId> healing = new HashSet<>();
    /** Bots to which a restart is owed that does not count yet, as they were then: they must not run before, also at a later ownership. */
    private final Map<BotId, Lifecycle> restarting = new HashMap<>();

    /**
     * @param thread the host's
     * @param soon the same, a little later
     * @param again looks anew whether a bot is to run
     * @param settled hears of an ownership for whose bots it is decided what they go on from
     */
    record Host(Executor thread, Executor soon, Consumer<BotId> again, Consumer<Claim> settled) {}

    /** @param bots the states when the claim was read: who ran then, ran at an owner that was lost */
    record Claim(int partition, long epoch, List<BotState> bots) {}

    Takeovers(Supplier<Ownerships> ownerships, BotHost.Memory memory, BotCommands commands, Host host) {
        this.ownerships = ownerships;
        this.writer = memory.writer();
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
        unanswered.remove(partition);
    }

    /**
     * Commands may have counted since the claim, so what is decided here is decided on the present states, which are returned; none when
     * the partition was lost meanwhile.
     */
    List<BotState> carryOut(Claim claim, Look beyondTheLog) {
        var partition = claim.partition();
        if (!settling.remove(partition, claim.epoch())) {
            return List.of();
        }
        var present = ownerships.get().botsByPartition().getOrDefault(partition, List.of());
        var parked = parkedIn(partition);
        try {
            settle(claim, beyondTheLog.lostEnds(), present, parked);
        } finally {
            // what waited comes behind the checkpoints that heal, for commands to a bot keep their order
            host.settled().accept(claim);
        }
        if (!beyondTheLog.answered()) {
            unanswered.put(partition, claim.epoch());
            LOG.infof(
                    "state-service does not say what the log of partition %d has lost; going on with what the log and the files have, and asking again",
                    partition);
        }
        var unseen = healedUnseen.remove(partition);
        claim.bots().stream()
                .filter(state -> BotHost.runsHere(state) && !healing.contains(state.id()))
                .filter(state -> !parked.contains(state.id()))
                .filter(state -> unseen || isRestarting(state))
                .forEach(this::afterRestart);
        return present;
    }

    /** Whether it is still to be asked what the log of a partition has lost that is owned since this claim. */
    boolean isUnanswered(Claim claim) {
        return Objects.equals(unanswered.get(claim.partition()), claim.epoch());
    }

    /** The answer came when the bots had gone on. Who has counted nothing since goes on from what is known; what counted is not taken back. */
    void answered(Claim claim, List<LostEnd> lostEnds) {
        if (unanswered.remove(claim.partition(), claim.epoch())) {
            var parked = parkedIn(claim.partition());
            lostEnds.stream()
                    .filter(lost -> !parked.contains(lost.known().id()))
                    .forEach(lost -> settle(
                            lost, ownerships.get().followed(lost.known().id()).orElse(null)));
        }
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

    private void settle(Claim claim, List<LostEnd> lostEnds, List<BotState> present, Set<BotId> parked) {
        var now = present.stream().collect(Collectors.toMap(BotState::id, Function.identity()));
        lostEnds.stream()
                .filter(lost -> !parked.contains(lost.known().id()))
                .forEach(lost -> settle(lost, now.get(lost.known().id())));
        var here = ownerships.get().ownership(claim.epoch());
        present.stream()
                .filter(state -> !healing.contains(state.id()) && !parked.contains(state.id()))
                .forEach(state -> writer.save(new KnownState(state, here)));
    }

    private void settle(LostEnd lost, @Nullable BotState now) {
        if (lost.isLost(now)) {
            heal(lost);
        } else if (now != null && now.sequence() < lost.known().sequence()) {
            LOG.error(lost.leftBehind(now));
        }
    }

    /** Something is later than the log only when the log lost its end: what it held was acknowledged, so it goes into the log again. */
    private void heal(LostEnd lost) {
        LOG.errorf(
                "the log knows bot %s up to event %d, a checkpoint of it or state-service has %d: going on from that",
                lost.known().id(), lost.inLog(), lost.known().sequence());
        healing.add(lost.known().id());
        restore(lost);
    }

    private void restore(LostEnd lost) {
        var known = lost.known();
        var restored = commands.submit(
                known.id(),
                new OnlyIf(
                        lost::isLost,
                        new RestoreCheckpoint("the log lost its end", known, known.sequence() + HEALED_AHEAD)));
        var _ = restored.thenAcceptAsync(counts -> afterHealing(lost, counts), host.thread());
    }

    private void afterHealing(LostEnd lost, boolean counts) {
        var bot = lost.known().id();
        if (!counts && isStillLost(lost)) {
            // too many commands waited for the bot: it must not go on from what the log knows
            host.soon().execute(() -> restore(lost));
            return;
        }
        healing.remove(bot);
        if (counts && BotHost.runsHere(lost.known())) {
            afterRestart(lost.known());
            return;
        }
        var now = ownerships.get().followed(bot);
        if (!counts) {
            now.filter(state -> state.sequence() < lost.known().sequence())
                    .ifPresent(state -> LOG.error(lost.leftBehind(state)));
        }
        oweRestart(bot);
        now.filter(this::isRestarting)
                .ifPresentOrElse(this::afterRestart, () -> host.again().accept(bot));
    }

    private boolean isStillLost(LostEnd lost) {
        var bot = lost.known().id();
        var here = ownerships.get();
        return here.owns(bot)
                && !here.parked().containsKey(bot)
                && lost.isLost(here.followed(bot).orElse(null));
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
