package io.everstate.contracts.log;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.Topics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One record of a partition of {@link Topics#BOT_EVENTS}. */
public sealed interface LogRecord {
    UUID id();

    Instant time();

    /** Who wrote it, {@code /everstate/bot-service/<instance>}. */
    String source();

    /** The ownership in which it was written; a claim's own number. */
    long epoch();

    /**
     * A replica wants to be the partition's owner from here on. Counts only with a higher epoch than all before.
     *
     * @param address where the owner's REST endpoint answers
     */
    record OwnershipClaimed(UUID id, Instant time, String source, long epoch, String address) implements LogRecord {
        public static final String TYPE = "io.everstate.bot.ownership-claimed.v1";
    }

    /**
     * The owner lets the partition go: the last record of its ownership, which nobody has from here on. It counts as a claim does, and stands
     * in the log as one, so that a version that does not know it has the same epoch behind it.
     *
     * @param epoch the number behind that of the ownership that ends
     * @param address where the owner's REST endpoint answered
     * @param readTo the offset up to which the owner had read the partition: no claim above its own stands before it
     * @param owed bots that ran when an earlier owner was lost, or may have, and of which no event has said since what becomes of them: the
     *     next owner has to
     */
    record OwnershipReleased(
            UUID id, Instant time, String source, long epoch, String address, long readTo, List<BotId> owed)
            implements LogRecord {
        public OwnershipReleased {
            owed = List.copyOf(owed);
        }
    }

    /** An event of one bot. */
    record BotEventRecorded(
            UUID id,
            Instant time,
            String source,
            long epoch,
            BotId bot,
            long sequence,
            @Nullable String idempotencyKey,
            @Nullable String traceparent,
            BotEvent event)
            implements LogRecord {}
}
