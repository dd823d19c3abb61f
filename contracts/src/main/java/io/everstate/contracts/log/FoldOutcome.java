package io.everstate.contracts.log;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Refusal;

/** What a record changed. */
public sealed interface FoldOutcome {
    /** The partition has a new owner. */
    record Claimed(long epoch, String address) implements FoldOutcome {}

    /** The partition has no owner any more. */
    record Released(long epoch) implements FoldOutcome {}

    /** The event counts; this is the bot's state now. */
    record Applied(BotState state) implements FoldOutcome {}

    /** The record does not count and changes nothing anywhere. */
    record Skipped(SkipReason reason) implements FoldOutcome {}

    /** The event came in order from the owner, but the bot's rules refuse it; it changes nothing anywhere. */
    record Refused(Refusal refusal) implements FoldOutcome {}

    enum SkipReason {
        /** A claim or release that is not above the known epoch: it lost a race, or came late. */
        STALE_CLAIM,
        /** Written in another ownership than the present one. */
        FENCED,
        /** Its sequence is known already. */
        DUPLICATE,
        /** Its sequence leaves numbers out. */
        GAP,
        /** A record of its bot, this one or an earlier one, is not understood, and no checkpoint has come since. */
        PARKED
    }
}
