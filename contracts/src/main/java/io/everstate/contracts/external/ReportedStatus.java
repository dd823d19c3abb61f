package io.everstate.contracts.external;

/** What a bot that runs elsewhere says that it is. */
public enum ReportedStatus {
    RUNNING,
    STOPPED,
    FAILED
}
