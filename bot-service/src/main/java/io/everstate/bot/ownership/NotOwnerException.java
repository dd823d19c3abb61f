package io.everstate.bot.ownership;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** This replica does not own the bot's partition; the command had no effect and never will. */
public final class NotOwnerException extends ProblemException {
    public NotOwnerException(String detail) {
        super(ProblemType.UNAVAILABLE, detail);
    }
}
