package io.everstate.contracts.bot;

public enum Side {
    BUY,
    SELL
}
