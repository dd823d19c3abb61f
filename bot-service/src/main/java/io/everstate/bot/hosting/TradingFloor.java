package io.everstate.bot.hosting;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotState;
import java.util.Map;
import java.util.Optional;

/** Where bots run. Both throw when a bot cannot run here, with a sentence for people. */
interface TradingFloor {
    /** A new run of this bot, from where it is. */
    BotRunner runner(BotState state);

    /** What its markets cost now, each at the bot's place in it; empty while one has no price yet. */
    Optional<Map<String, Amount>> prices(BotState state);
}
