package io.everstate.contracts.bot;

public enum StopReason {
    COMMAND,
    /** The owner was lost or restarted, and the restart policy is MANUAL. */
    RESTART,
    /** The recorded tape has no more bars. */
    FEED_ENDED,
    EMERGENCY,
    /** A bot that runs elsewhere said so. */
    REPORTED,
    /** A bot that runs elsewhere was heard no more. */
    SILENT
}
