package io.everstate.contracts.bot;

public enum StopReason {
    COMMAND,
    /** The owner was lost or restarted, and the restart policy is MANUAL. */
    RESTART,
    /** The recorded tape has no more bars. */
    FEED_ENDED,
    EMERGENCY
}
