package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Trade;

public record FoldedTrade(BotId bot, Trade trade) {}
