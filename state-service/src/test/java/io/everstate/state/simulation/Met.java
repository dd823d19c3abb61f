package io.everstate.state.simulation;

/** What a run is for. Counted, for a run that meets none of it shows nothing. */
enum Met {
    DEATH,
    /** In the middle of a step. */
    NO_ANSWER,
    /** A batch that was refused, for somebody else had moved the partition. */
    LOST_PARTITION,
    STEP_OF_A_ZOMBIE,
    /** Folding goes on while a transaction of the same replica is on its way. */
    STEP_WHILE_WRITING,
    ORDERLY_MOVE,
    LOG_BEGUN_ANEW,
    LOG_GROWN_AGAIN,
    /** A state of which only the part behind its older trades was written. */
    NEWEST_PART,
    STALE_CLAIM,
    FENCED,
    DUPLICATE,
    GAP,
    REFUSED,
    PASSED_OVER,
    PARKED_AT_THE_END,
    LOST_END,
    REPLACED,
    UNATTRIBUTABLE,
    /** A place of which the log has other records by now. */
    CUT_OF_A_LOST_END,
    /** A replica that would answer from memory. */
    FIGURES_FROM_MEMORY,
    /** A bot that a replica answers from memory, and that the rows do not have so far. */
    ANSWERED_AHEAD,
    TRADE
}
