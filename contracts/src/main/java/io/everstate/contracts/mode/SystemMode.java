package io.everstate.contracts.mode;

/** What the whole system may do now. */
public enum SystemMode {
    NORMAL,
    /** Essential components and read-only operations. */
    SAFE,
    /** Critical components alone. */
    EMERGENCY
}
