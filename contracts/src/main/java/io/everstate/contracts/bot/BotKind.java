package io.everstate.contracts.bot;

/** Who runs the bot: TRADING is hosted by bot-service. */
public enum BotKind {
    TRADING
}
