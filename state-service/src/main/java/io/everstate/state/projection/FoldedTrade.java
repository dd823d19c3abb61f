package io.everstate.state.projection;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Trade;

record FoldedTrade(BotId bot, Trade trade) {}
