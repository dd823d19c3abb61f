package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.FoldOutcome.Released;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.PartitionFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges by what really happened, which no replica can know, whether a bot may run: it may not once its owner was lost, or had stopped
 * before its successor was started, until an event says what becomes of it. And it must not be stopped when an owner let it go in good order
 * to a process that stood, whatever was owed to another bot.
 */
final class Handovers {
    private final List<LogRecord> log;
    private final Map<String, Integer> stoodAt = new HashMap<>();
    private final Map<Long, Integer> letGo = new HashMap<>();
    /** Ownerships that some process really had: a claim that came late is an owner to the log only. */
    private final Set<Long> had = new HashSet<>();
    /** Ownerships of processes that began to read behind what would have told them more. */
    private final Set<Long> shortSighted = new HashSet<>();

    private final PartitionFold fold = new PartitionFold();
    private final Map<BotId, Debt> debts = new HashMap<>();
    private final List<Stop> stops = new ArrayList<>();
    private int followed;
    private String owner = "";
    private long ownership;
    private long ownershipBefore;
    /** Where the newest ownership was released; negative when it was not. */
    private int released = -1;

    private int handedOver;
    private int handedOverOwing;
    private boolean owing;

    /** A stop because of a restart that nothing asked for. */
    private record Stop(BotId bot, long ownership, long ownershipBefore) {}

    /** What is owed to one bot. */
    private static final class Debt {
        /** As it ran then; null when nothing is owed. */
        private @Nullable BotState owed;
        /** By how much of the log was read. */
        private final List<Boolean> indebted = new ArrayList<>(List.of(false));
    }

    Handovers(List<LogRecord> log) {
        this.log = log;
        Promises.BOTS.forEach(bot -> debts.put(bot, new Debt()));
    }

    void started(String source) {
        stoodAt.put(source, log.size());
    }

    void owned(long epoch, boolean sawEnough) {
        had.add(epoch);
        if (!sawEnough) {
            shortSighted.add(epoch);
        }
    }

    /** Its owner let the partition go; all that it had written is in the log. */
    void letGo(long epoch) {
        follow(log.size());
        if (ownership == epoch) {
            letGo.put(epoch, log.size() - 1);
        }
    }

    /** Whether that owner knows all that it must to let the partition go in good order. */
    boolean sawEnough(long epoch) {
        return !shortSighted.contains(epoch);
    }

    /** Whether the bot must not run for who has read so far. */
    boolean indebted(BotId bot, int read) {
        follow(read);
        return debt(bot).indebted.get(read);
    }

    private Debt debt(BotId bot) {
        return Objects.requireNonNull(debts.get(bot));
    }

    private void follow(int to) {
        for (; followed < to; followed++) {
            follow(log.get(followed), followed);
            debts.forEach((bot, debt) -> {
                if (debt.owed != null && !sameRun(debt.owed, fold.find(bot).orElse(null))) {
                    debt.owed = null;
                }
                debt.indebted.add(debt.owed != null);
            });
        }
    }

    private void follow(LogRecord entry, int at) {
        var outcome = fold.apply(entry);
        switch (outcome) {
            case Claimed(var epoch, var _) -> claimed(epoch, entry.source());
            case Released _ when entry instanceof OwnershipReleased release -> released(release, at);
            case Applied _
            when entry instanceof BotEventRecorded recorded
                    && restarts(recorded)
                    && debt(recorded.bot()).owed == null ->
                stops.add(new Stop(recorded.bot(), ownership, ownershipBefore));
            default -> {}
        }
    }

    /** Who could not know better may owe what nobody else does; who is told so cannot either. */
    private void released(OwnershipReleased release, int at) {
        released = at;
        owing = !release.owed().isEmpty();
        if (excused(ownership, ownershipBefore)) {
            release.owed().forEach(this::owe);
        }
    }

    private void owe(BotId bot) {
        fold.find(bot).filter(BotState::running).ifPresent(state -> debt(bot).owed = state);
    }

    private void claimed(long epoch, String source) {
        var stood = stoodAt.getOrDefault(source, Integer.MAX_VALUE);
        var orderly = Math.max(released, letGo.getOrDefault(ownership, -1));
        if (source.equals(owner) || orderly >= stood) {
            handedOver += source.equals(owner) ? 0 : 1;
            handedOverOwing += !source.equals(owner) && owing ? 1 : 0;
        } else {
            debts.keySet().forEach(this::owe);
        }
        owing = false;
        owner = source;
        ownershipBefore = ownership;
        ownership = epoch;
        released = -1;
    }

    private static boolean restarts(BotEventRecorded recorded) {
        return recorded.event() instanceof BotStopped(var reason) && reason == StopReason.RESTART;
    }

    private boolean excused(long epoch, long epochBefore) {
        return shortSighted.contains(epoch) || (epochBefore != 0 && !had.contains(epochBefore));
    }

    private static boolean sameRun(BotState then, @Nullable BotState now) {
        return now != null
                && now.running()
                && now.lifecycle().restarts() == then.lifecycle().restarts()
                && String.valueOf(now.lifecycle().startedAt())
                        .equals(String.valueOf(then.lifecycle().startedAt()));
    }

    List<String> broken() {
        follow(log.size());
        return stops.stream()
                .filter(stop -> !excused(stop.ownership(), stop.ownershipBefore()))
                .map(stop -> "ownership %d stopped bot %s that was handed over".formatted(stop.ownership(), stop.bot()))
                .toList();
    }

    /** Ownerships that another process had before, and let go. */
    int handedOver() {
        return handedOver;
    }

    /** Those of them with bots to which a restart was owed. */
    int handedOverOwing() {
        return handedOverOwing;
    }
}
