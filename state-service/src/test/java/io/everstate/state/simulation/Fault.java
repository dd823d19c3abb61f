package io.everstate.state.simulation;

/** Which rule is taken away from the projection, to see that the simulation notices. */
enum Fault {
    NONE,
    /** A batch is kept wherever its partition stands. */
    NO_OFFSET_GUARD,
    /** Who gets a partition again goes on from the states that it had of it, at the present offset. */
    STATES_ARE_NOT_RELOADED,
    /** The records of a poll are folded in another order. */
    RECORDS_OUT_OF_ORDER,
    /** Every event is taken for the next one of its bot. */
    NO_SEQUENCE_RULE,
    /** Every record is taken for one of the present owner. */
    NO_EPOCH_RULE,
    /** Trades are written behind the transaction of states and offsets. */
    TRADES_BEHIND_THE_TRANSACTION,
    /** States and trades are written behind the transaction of the offsets. */
    OFFSETS_FIRST,
    /** States are written in front of the transaction of the offsets. */
    STATES_FIRST,
    /** Who is parked is not written. */
    PARKED_ARE_NOT_KEPT,
    /** What was found is not written. */
    FINDINGS_ARE_NOT_KEPT,
    /** Any topic is taken for the one that was folded. */
    TOPICS_ARE_NOT_TOLD_APART,
    /** A log that ends sooner is taken for the one that was folded. */
    A_LOST_END_IS_NOT_SEEN,
    /** A log that lost its end and has grown beyond the old place is taken for the one that was folded. */
    A_LOG_THAT_GREW_AGAIN_IS_NOT_SEEN,
    /** Of a log that was made anew each state replaces what is known. */
    KNOWN_STATES_ARE_REPLACED,
    /** The same offset of a topic is taken for the same place of it, whichever record is in front of it. */
    A_PLACE_IS_AN_OFFSET
}
