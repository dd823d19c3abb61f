package io.everstate.bot.strategy;

public enum Signal {
    HOLD,
    BUY,
    SELL
}
