package io.everstate.contracts.log;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of order once more, in the slowest and plainest way: keeps every record that counted, and answers each question by looking
 * through all of them. Knows nothing of what an event means for a bot.
 */
final class NaivePartition {
    enum Verdict {
        CLAIMED,
        STALE_CLAIM,
        FENCED,
        DUPLICATE,
        GAP,
        IN_ORDER
    }

    private final List<LogRecord> counted = new ArrayList<>();

    Verdict verdict(LogRecord entry) {
        var claims = counted.stream().filter(NaivePartition::ownership).toList();
        if (ownership(entry)) {
            var lost = entry.epoch() <= 0 || claims.stream().anyMatch(known -> known.epoch() >= entry.epoch());
            return lost ? Verdict.STALE_CLAIM : Verdict.CLAIMED;
        }
        if (claims.isEmpty() || claims.getLast().epoch() != entry.epoch()) {
            return Verdict.FENCED;
        }
        return order((BotEventRecorded) entry);
    }

    private static boolean ownership(LogRecord entry) {
        return entry instanceof OwnershipClaimed || entry instanceof OwnershipReleased;
    }

    private Verdict order(BotEventRecorded entry) {
        var ofBot = of(entry.bot());
        if (entry.sequence() < 1 || ofBot.stream().anyMatch(known -> known.sequence() >= entry.sequence())) {
            return Verdict.DUPLICATE;
        }
        var first = ofBot.isEmpty() && entry.sequence() == 1;
        var next = ofBot.stream().anyMatch(known -> known.sequence() == entry.sequence() - 1);
        return first || next || entry.event() instanceof CheckpointTaken ? Verdict.IN_ORDER : Verdict.GAP;
    }

    void count(LogRecord entry) {
        counted.add(entry);
    }

    /** Whether a counted event made this bot known. */
    boolean knows(BotId bot) {
        return of(bot).stream().map(BotEventRecorded::event).anyMatch(NaivePartition::makesKnown);
    }

    private static boolean makesKnown(BotEvent event) {
        return event instanceof BotCreated || event instanceof CheckpointTaken;
    }

    private List<BotEventRecorded> of(BotId bot) {
        return counted.stream()
                .filter(BotEventRecorded.class::isInstance)
                .map(BotEventRecorded.class::cast)
                .filter(entry -> entry.bot().equals(bot))
                .toList();
    }
}
