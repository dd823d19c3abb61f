package io.everstate.bot.call;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;

/**
 * A bot as it was known last.
 *
 * @param parked the record beyond which nothing of it is known
 */
record ParkedBotView(@JsonUnwrapped BotState bot, Parking parked) {}
