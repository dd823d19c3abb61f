package io.everstate.bot.live;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** The exchange does not answer. */
final class TradeStreamException extends ProblemException {
    TradeStreamException(String detail, Throwable cause) {
        super(ProblemType.UNAVAILABLE, detail, cause);
    }
}
