package io.everstate.contracts.view;

import io.everstate.contracts.bot.BotState;
import java.util.List;

/**
 * Bots of a partition of which more was acknowledged than its log holds: the log was made anew, or lost its end.
 *
 * @param nextOffset up to which the present log was looked through
 * @param bots as they were known before
 */
public record LostEndsView(int partition, String topicId, long nextOffset, List<BotState> bots) {}
