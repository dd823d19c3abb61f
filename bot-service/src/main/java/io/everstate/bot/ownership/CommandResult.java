package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotState;

/**
 * What became of a command.
 *
 * @param state of the bot once the command took effect; of a repetition, the present one
 * @param sequence of the event that granted the command
 */
public record CommandResult(BotState state, long sequence) {}
