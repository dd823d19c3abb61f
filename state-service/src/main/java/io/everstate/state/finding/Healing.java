package io.everstate.state.finding;

import io.everstate.contracts.bot.BotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a bot is over.
 *
 * @param place of the record that ended it: what was found behind it is not over
 * @param at when that record was written
 */
public record Healing(FindingKind kind, BotId bot, Finding.Place place, Instant at) {
    /** Whether this ends it. */
    public boolean ends(FindingKind found, @Nullable BotId of, Finding.Place where) {
        return found == kind
                && bot.equals(of)
                && (!where.topicId().equals(place.topicId()) || where.offset() <= place.offset());
    }
}
