package io.everstate.contracts.view;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.KnownIn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bots of a partition of which more was acknowledged than its log holds: the log was made anew, or lost its end.
 *
 * @param nextOffset up to which the present log was looked through
 * @param knownIn the ownership up to which the log was folded that they were known from; null when that is not known
 * @param bots as they were known before
 */
public record LostEndsView(
        int partition,
        String topicId,
        long nextOffset,
        @Nullable KnownIn knownIn,
        List<BotState> bots) {}
