package io.everstate.contracts.bot;

public enum BotStatus {
    STOPPED,
    RUNNING,
    /** Does not trade until it is resumed, also not after a restart. */
    PAUSED,
    /** For good, but for a checkpoint that brings it back; its history stays. */
    DELETED
}
