package io.everstate.state.parking;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotId;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of the bot is in the log; it is followed again as soon as that is folded.
 *
 * @param way SAVED: its owner had its whole state. RESTORED: it goes on, stopped, from what was known here
 * @param knownTo the number of the event up to which it was known here; null in the answer to a repetition
 * @param backup which one was taken before, or why none was; null where none is asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SkippedView(
        BotId bot,
        Skips.Way way,
        @Nullable Long knownTo,
        @Nullable String backup) {}
