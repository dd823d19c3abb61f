package io.everstate.contracts.wire;

/** Names of the topics. */
public final class Topics {
    public static final String BOT_EVENTS = "everstate.bot.events";
    public static final String BOT_EVENTS_DEAD_LETTER = "everstate.bot.events.dead-letter";
    public static final String BOT_OWNERS = "everstate.bot.owners";
    public static final String BACKUP_EVENTS = "everstate.backup.events";
    public static final String RECOVERY_EVENTS = "everstate.recovery.events";

    /** Compacted, one key. */
    public static final String SYSTEM_MODE = "everstate.system.mode";

    private Topics() {}
}
