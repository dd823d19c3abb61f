package io.everstate.recovery.alert;

import java.util.Locale;

/** What an alert is about, and how urgent that is. */
public enum AlertKind {
    DISASTER_DETECTED(Severity.CRITICAL),
    RECOVERY_FINISHED(Severity.INFO),
    RECOVERY_FAILED(Severity.CRITICAL),
    BACKUP_FAILED(Severity.ERROR),
    BACKUP_CORRUPTED(Severity.CRITICAL),
    SEALS_BROKEN(Severity.CRITICAL),
    RETENTION_REFUSED(Severity.ERROR),
    BACKUP_TOO_OLD(Severity.ERROR),
    BACKUP_RECENT_AGAIN(Severity.INFO),
    STORAGE_FILLING(Severity.ERROR),
    STORAGE_EASED(Severity.INFO),
    RECOVERY_KIT_TOO_OLD(Severity.ERROR),
    RECOVERY_KIT_RECENT_AGAIN(Severity.INFO),
    BOTS_NOT_RETURNED(Severity.ERROR),
    FENCED_WRITES(Severity.ERROR),
    FINDING(Severity.ERROR);

    public enum Severity {
        INFO,
        ERROR,
        CRITICAL;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Severity severity;

    AlertKind(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** {@code disaster-detected}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
