package io.everstate.contracts.backup;

/** What of a workspace an archive holds. */
public enum BackupKind {
    FULL,
    STATE_ONLY,
    CONFIG_ONLY,
    LOGS_ONLY,
    /** What FULL holds, of which the archive has only what changed since another one; it needs that one. */
    INCREMENTAL
}
