package io.everstate.state.fold;

import io.everstate.contracts.bot.BotState;
import org.jspecify.annotations.Nullable;

/**
 * A bot as a partition in memory has it.
 *
 * @param state as far as it is followed
 * @param parked why it is not followed any more; null when it is
 */
public record FoldedBot(BotState state, @Nullable ParkedBot parked) {}
