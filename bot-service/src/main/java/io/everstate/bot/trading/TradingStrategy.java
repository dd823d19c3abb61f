package io.everstate.bot.trading;

/**
 * The rule by which a bot trades. It has no memory: what it decides follows from the newest {@link #bars()} bars, the one it decides at
 * among them, and from what the bot holds by its log, and from nothing else. So a bot that goes on after a crash decides as one that never
 * stopped. One instance may serve many threads.
 */
public sealed interface TradingStrategy permits MarketStrategy, CycleStrategy {

    /** How many bars it looks at. Until a market had so many, nothing is traded. */
    int bars();
}
