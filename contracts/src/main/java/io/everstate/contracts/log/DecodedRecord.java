package io.everstate.contracts.log;

import io.everstate.contracts.bot.BotId;

/** What a record of the bots' events is to this version. Every reader of the same version takes it for the same. */
public sealed interface DecodedRecord {
    record Known(LogRecord entry) implements DecodedRecord {}

    /**
     * An event of ours that this version does not know, or whose content it cannot read. What it changes is not known, so its bot cannot be
     * followed beyond it.
     */
    record NotUnderstood(BotId bot, long epoch, long sequence, String type, String why) implements DecodedRecord {}

    /** Not ours: it changes nothing anywhere, and stops nobody. */
    record Foreign(String why) implements DecodedRecord {}

    /** Ours, but not of a bot that can be named: what it changes may concern the whole partition. */
    record Unattributable(String why) implements DecodedRecord {}
}
