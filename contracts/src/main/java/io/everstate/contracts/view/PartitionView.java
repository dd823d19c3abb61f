package io.everstate.contracts.view;

import io.everstate.contracts.bot.BotState;
import java.util.List;

/**
 * One partition as state-service has folded it.
 *
 * @param topicId of the topic it was folded from
 * @param nextOffset of the first record that is not in it
 */
public record PartitionView(int partition, String topicId, long nextOffset, long epoch, List<BotState> bots) {}
