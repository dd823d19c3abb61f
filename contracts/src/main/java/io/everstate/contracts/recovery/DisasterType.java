package io.everstate.contracts.recovery;

/** What can be detected; the severity, of 10, is the seed's. */
public enum DisasterType {
    DATA_CORRUPTION(7),
    SYSTEM_CRASH(8),
    CONFIG_LOSS(5);

    private final int severity;

    DisasterType(int severity) {
        this.severity = severity;
    }

    public int severity() {
        return severity;
    }
}
