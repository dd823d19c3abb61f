package io.everstate.state.fold;

import io.everstate.contracts.bot.BotState;
import java.util.List;

/**
 * How far a partition is folded.
 *
 * @param topicId of the topic it was folded from
 */
public record PartitionPosition(String topicId, long nextOffset, long epoch, List<BotState> bots) {}
