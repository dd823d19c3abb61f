package io.everstate.contracts.external;

/** What a report is about; its content is the bot's own affair. */
public enum ReportType {
    TRADE,
    STATUS,
    MESSAGE
}
