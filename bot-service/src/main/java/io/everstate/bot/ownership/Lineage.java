package io.everstate.bot.ownership;

import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who owned a partition last, as its records tell, and what that makes of this process when it owns next. A release is believed only if
 * nobody has claimed since, and only by a process that stood when it was written: to one that was started later it is a restart. Whether it
 * stood follows from offsets; no two clocks are compared. What was let go for an hour or more before the next claim is a loss to everybody,
 * and so is what its owner heard nothing of for as long before it claims it anew: nobody has looked at its bots' markets. Not thread-safe; the
 * partition's lock guards it.
 */
final class Lineage {
    private final String source;
    private final long from;
    private final long stoodAt;
    private long lastOwnEpoch;
    /** When the newest record of that ownership was written that was read back. */
    private Instant seen;
    /** The release that ended the newest ownership; null when that did not end by one. */
    private @Nullable Release release;

    private boolean decided;

    /** @param owed bots that its owner named */
    private record Release(long epoch, long offset, Instant at, Set<BotId> owed) {
        Release(OwnershipReleased end, long offset) {
            this(end.epoch(), offset, end.time(), Set.copyOf(end.owed()));
        }
    }

    /** @param source of this process */
    Lineage(Assignment assignment, String source) {
        this.source = source;
        this.from = assignment.from();
        this.stoodAt = assignment.stoodAt();
        this.lastOwnEpoch = assignment.past().lastOwnEpoch();
        this.seen = assignment.past().seen();
    }

    /**
     * A record that is folded already, in the log's order. The first claim or release with the present epoch is the one that counted; a
     * release only if the records from where its owner had read to are all among these, or a claim of that number may stand before.
     *
     * @return whether it is that one
     */
    boolean before(LogRecord entry, long offset, long epoch) {
        if (decided || entry.epoch() != epoch) {
            return false;
        }
        switch (entry) {
            case OwnershipReleased end when end.readTo() >= from -> released(end, offset, epoch - 1);
            case OwnershipReleased _, OwnershipClaimed _ -> decided = true;
            case BotEventRecorded _ -> {}
        }
        return decided;
    }

    /** A release that counts. */
    void released(OwnershipReleased end, long offset, long epochBefore) {
        decided = true;
        release = new Release(end, offset);
        if (end.source().equals(source) && epochBefore == lastOwnEpoch) {
            lastOwnEpoch = end.epoch();
            seen = end.time();
        }
    }

    /** An event that counts. */
    void applied(BotEventRecorded recorded) {
        if (recorded.epoch() == lastOwnEpoch) {
            seen = recorded.time();
        }
    }

    /**
     * A claim that counts.
     *
     * @param awaited whether this process owns by it; one of its own that came late owned nothing, and changes nothing of who was before
     */
    Inheritance claimed(OwnershipClaimed claim, long epochBefore, boolean awaited) {
        var succession = succession(claim, epochBefore);
        var ended = release;
        release = null;
        if (claim.source().equals(source)) {
            if (awaited) {
                lastOwnEpoch = claim.epoch();
                seen = claim.time();
            } else if (succession == Succession.CONTINUED) {
                lastOwnEpoch = claim.epoch();
            } else if (succession == Succession.HANDED_OVER && ended != null) {
                release = new Release(claim.epoch(), ended.offset(), ended.at(), ended.owed());
            }
        }
        return new Inheritance(succession, ended == null ? Set.of() : ended.owed());
    }

    private Succession succession(OwnershipClaimed claim, long epochBefore) {
        var lastSign = release == null ? seen : release.at();
        if (!claim.time().isBefore(lastSign.plus(Absence.LONG))) {
            return Succession.LOST;
        }
        if (epochBefore == lastOwnEpoch) {
            return Succession.CONTINUED;
        }
        return release != null && release.epoch() == epochBefore && release.offset() >= stoodAt
                ? Succession.HANDED_OVER
                : Succession.LOST;
    }

    /** Whether nobody owns the partition since its last owner let it go. */
    boolean vacant() {
        return release != null;
    }

    long lastOwnEpoch() {
        return lastOwnEpoch;
    }

    Instant seen() {
        return seen;
    }
}
