package io.everstate.contracts.bot;

public enum BotStatus {
    STOPPED,
    RUNNING
}
