package io.everstate.bot.ownership;

/** How this process came to own a partition, which says what became of the bots that ran there. */
public enum Succession {
    /** The last owner was lost, or let the partition go before this process stood: its bots were not run since. */
    LOST,
    /** This very process was the last owner. */
    CONTINUED,
    /** The last owner let the partition go while this process already stood: its bots go on as if nothing had been. */
    HANDED_OVER
}
