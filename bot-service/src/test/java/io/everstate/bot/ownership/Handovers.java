package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.FoldOutcome.Released;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges by what really happened, which no replica can know, whether the bot may run: it may not once its owner was lost, or had stopped
 * before its successor was started, until an event says what becomes of it. And it must not be stopped when an owner let it go in good order
 * to a process that stood.
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
    private final List<Boolean> indebted = new ArrayList<>(List.of(false));
    private final List<Stop> stops = new ArrayList<>();
    private String owner = "";
    private long ownership;
    private long ownershipBefore;
    /** Where the newest ownership was released; negative when it was not. */
    private int released = -1;

    private @Nullable BotState owed;
    private int handedOver;

    /** A stop because of a restart that nothing asked for. */
    private record Stop(long ownership, long ownershipBefore) {}

    Handovers(List<LogRecord> log) {
        this.log = log;
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

    /** Whether that owner, who has read so far, can let the partition go in good order. */
    boolean nothingOwed(int read, long epoch) {
        return !indebted(read) && !shortSighted.contains(epoch);
    }

    /** Whether the bot must not run for who has read so far. */
    boolean indebted(int read) {
        follow(read);
        return indebted.get(read);
    }

    private void follow(int to) {
        for (var at = indebted.size() - 1; at < to; at++) {
            follow(log.get(at), at);
            indebted.add(owed != null);
        }
    }

    private void follow(LogRecord entry, int at) {
        var outcome = fold.apply(entry);
        switch (outcome) {
            case Claimed(var epoch, var _) -> claimed(epoch, entry.source());
            case Released _ -> released = at;
            default -> {}
        }
        var state = fold.find(Promises.BOT).orElse(null);
        if (owed == null && outcome instanceof Applied && restarts(entry)) {
            stops.add(new Stop(ownership, ownershipBefore));
        }
        if (owed != null && !sameRun(owed, state)) {
            owed = null;
        }
    }

    private void claimed(long epoch, String source) {
        var stood = stoodAt.getOrDefault(source, Integer.MAX_VALUE);
        var orderly = Math.max(released, letGo.getOrDefault(ownership, -1));
        var state = fold.find(Promises.BOT).orElse(null);
        if (source.equals(owner) || orderly >= stood) {
            handedOver += source.equals(owner) ? 0 : 1;
        } else if (state != null && state.running()) {
            owed = state;
        }
        owner = source;
        ownershipBefore = ownership;
        ownership = epoch;
        released = -1;
    }

    private static boolean restarts(LogRecord entry) {
        return entry instanceof BotEventRecorded recorded
                && recorded.event() instanceof BotStopped(var reason)
                && reason == StopReason.RESTART;
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
                .filter(stop -> !shortSighted.contains(stop.ownership()))
                .filter(stop -> stop.ownershipBefore() == 0 || had.contains(stop.ownershipBefore()))
                .map(stop -> "ownership %d stopped a bot that was handed over".formatted(stop.ownership()))
                .toList();
    }

    /** Ownerships that another process had before, and let go. */
    int handedOver() {
        return handedOver;
    }
}
