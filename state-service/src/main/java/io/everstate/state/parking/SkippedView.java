package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;

/**
 * A checkpoint of the bot is in the log; it is followed again as soon as that is folded.
 *
 * @param way SAVED: its owner had its whole state. RESTORED: it goes on, stopped, from what was known here
 * @param knownTo the number of the event up to which it was known here
 */
record SkippedView(BotId bot, Skips.Way way, long knownTo) {}
