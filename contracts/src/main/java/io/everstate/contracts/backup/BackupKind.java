package io.everstate.contracts.backup;

/** What of a workspace an archive holds. */
public enum BackupKind {
    FULL,
    STATE_ONLY,
    CONFIG_ONLY,
    LOGS_ONLY
}
