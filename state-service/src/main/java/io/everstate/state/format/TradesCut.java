package io.everstate.state.format;

/**
 * Where a bot's recent trades are cut in two. Those in front of the cut have a column of their own, which is seldom written; only those behind
 * it are written with each change.
 *
 * @param at number of the event behind which it was made; tells it from the bot's other cuts
 * @param newest how many trades are behind it
 * @param made whether it is made now, so that those in front of it are to be written; otherwise the bot's row has them
 */
public record TradesCut(long at, int newest, boolean made) {}
