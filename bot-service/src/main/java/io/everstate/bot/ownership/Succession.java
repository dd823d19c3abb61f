package io.everstate.bot.ownership;

/** How this process came to own a partition, which says what became of the bots that ran there. */
public enum Succession {
    /**
     * The last owner was lost, or let the partition go before this process stood: its bots were not run since. So it is, whoever the last
     * owner was, when that was {@link io.everstate.contracts.bot.Absence#LONG} ago: nobody has looked at their markets.
     */
    LOST,
    /** This very process was the last owner. */
    CONTINUED,
    /** The last owner let the partition go while this process already stood: its bots go on, but for those that it named. */
    HANDED_OVER
}
