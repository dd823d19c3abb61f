package io.everstate.recovery.peer;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import java.util.List;

/** What state-service knows of the bots, also while bot-service is dead. */
public interface FleetRecords {
    /** @throws ProblemException when state-service does not answer */
    List<BotState> bots();
}
