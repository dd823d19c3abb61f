package io.everstate.state.finding;

/** What was found. */
public enum FindingKind {
    /** A record of a bot is not understood. Healed when the bot is followed again. */
    PARKED,
    /** A record of a bot leaves numbers out. Healed by the bot's next checkpoint. */
    GAP,
    /** The bot's rules refuse an event that its owner wrote: the first one of the bot in an ownership. */
    REFUSED,
    /** Somebody who is not the owner wrote an event: the first one of the bot in that ownership. */
    FENCED,
    /** A record of which not even the bot can be told: its partition stands still in front of it. */
    UNATTRIBUTABLE,
    /** A partition was made anew or lost its end, and was folded from its start. */
    LOG_ANEW,
    /** The log has less of a bot than was folded before: acknowledged events are lost there. Healed by a checkpoint that carries them; when one left them out, by a person's word. */
    LOST_END,
    /**
     * A log that lost its end has gone on with a bot by other events than were folded before, or by a checkpoint that leaves those out: they
     * were acknowledged, and are lost. Over when a person says so.
     */
    REPLACED
}
