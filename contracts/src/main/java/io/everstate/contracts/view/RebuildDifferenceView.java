package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotId;
import org.jspecify.annotations.Nullable;

/**
 * A bot that is not the same in the first projection and in the rebuilt one, at one place of the log.
 *
 * @param what differs, in words
 * @param sequence of its state in the first projection; absent when that has none
 * @param rebuiltSequence of its state in the rebuilt one; absent when that has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebuildDifferenceView(
        BotId bot,
        int partition,
        String what,
        @Nullable Long sequence,
        @Nullable Long rebuiltSequence,
        long trades,
        long rebuiltTrades) {}
