package io.everstate.contracts.view;

import io.everstate.contracts.bot.BotId;

/**
 * Which configuration a bot has.
 *
 * @param version its number: 1, 2, 3 ...
 * @param hash of the configuration, the same for equal ones
 */
public record ConfigurationView(BotId bot, String name, String status, int version, String hash) {}
