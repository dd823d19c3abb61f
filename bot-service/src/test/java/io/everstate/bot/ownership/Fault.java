package io.everstate.bot.ownership;

/** What is taken away from the protocol, to see that the simulation notices. */
enum Fault {
    NONE,
    /** Readers take every event for one of the present epoch. */
    NO_EPOCH_RULE,
    /** Readers take every event for the next one of its bot. */
    NO_SEQUENCE_RULE,
    /** A caller is answered when the log took the event, before it was read back. */
    NO_READ_BACK,
    /** A refusal is answered when it is decided, not when the events that it was judged on count. */
    REFUSALS_EARLY,
    /** A key whose first use is on its way is not known yet. */
    NO_KEYS_IN_FLIGHT,
    /** Keys are forgotten with the owner that saw them. */
    NO_KEYS_IN_THE_STATE,
    /** The events of one owner overtake each other on their way to the log. */
    UNORDERED_SENDS,
    /** Who lets a partition go does not say so. */
    NO_RELEASES,
    /** A release is believed also by a process that was started after it. */
    RELEASES_OF_ANY_TIME,
    /** A release is believed also when another one has owned the partition since. */
    RELEASES_FOR_EVER,
    /** A partition is let go as in good order while it is on its way what becomes of a bot. */
    RELEASED_WHILE_DECIDING,
    /** Who lets a partition go does not say to which bots a restart is owed. */
    NOBODY_IS_NAMED,
    /** The next owner goes on also with the bots to which a restart is owed. */
    NAMES_ARE_NOT_READ,
    /** Who owes a restart to one bot does not let the partition go in good order. */
    NOT_RELEASED_WHILE_OWING
}
