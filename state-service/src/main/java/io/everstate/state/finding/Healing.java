package io.everstate.state.finding;

import io.everstate.contracts.bot.BotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a bot is over.
 *
 * @param place of the record that ended it: what is found behind it is not over
 * @param at when that record was written
 * @param all whether nobody can have read on behind that record yet: what is known to be found there was found in records that the log has
 *     lost, and is over too
 */
public record Healing(FindingKind kind, BotId bot, Finding.Place place, Instant at, boolean all) {
    /**
     * Whether this ends it.
     *
     * @param before whether it was known before the records of this batch
     */
    public boolean ends(FindingKind found, @Nullable BotId of, Finding.Place where, boolean before) {
        return found == kind
                && bot.equals(of)
                && ((all && before) || !where.topicId().equals(place.topicId()) || where.offset() <= place.offset());
    }
}
