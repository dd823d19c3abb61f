package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** The bot's rules do not allow the command; nothing was written. */
public final class RefusedException extends ProblemException {
    private final Refusal refusal;

    RefusedException(BotId bot, Refusal refusal) {
        super(typeOf(refusal), refusal.sentence() + ": " + bot);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    private static ProblemType typeOf(Refusal refusal) {
        return refusal == Refusal.UNKNOWN_BOT ? ProblemType.NOT_FOUND : ProblemType.CONFLICT;
    }
}
