package io.everstate.contracts.log;

import io.everstate.contracts.bot.BotState;
import org.jspecify.annotations.Nullable;

/**
 * A bot as it is known outside the log.
 *
 * @param in the ownership in which it was that; null of what was written before this was kept
 */
public record KnownState(BotState state, @Nullable KnownIn in) {}
