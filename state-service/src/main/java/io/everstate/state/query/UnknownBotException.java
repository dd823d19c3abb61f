package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

final class UnknownBotException extends ProblemException {
    UnknownBotException(BotId bot) {
        super(ProblemType.NOT_FOUND, "there is no bot " + bot);
    }
}
