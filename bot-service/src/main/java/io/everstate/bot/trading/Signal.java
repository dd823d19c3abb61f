package io.everstate.bot.trading;

public enum Signal {
    HOLD,
    BUY,
    SELL
}
