package io.everstate.state.finding;

import io.everstate.contracts.bot.BotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was found in the log. The same log read again gives the same findings: they are told apart by place, kind, bot and
 * occasion, and each is kept once.
 *
 * @param bot null when it concerns the partition
 * @param occasion the record's offset, or the ownership in which such records count as one
 * @param sequence the record's number within its bot; 0 when it has none
 * @param at when the record was written, as the log has it
 * @param text one sentence
 * @param news false while a database is rebuilt from the log: what is older than the rebuild is written and not announced
 */
public record Finding(
        FindingKind kind,
        Place place,
        @Nullable BotId bot,
        long occasion,
        long sequence,
        Instant at,
        String text,
        boolean news) {
    /** With more in its sentence. */
    public Finding and(String more) {
        return new Finding(kind, place, bot, occasion, sequence, at, text + more, news);
    }

    /** @param offset of the record */
    public record Place(String topicId, int partition, long offset) {}
}
