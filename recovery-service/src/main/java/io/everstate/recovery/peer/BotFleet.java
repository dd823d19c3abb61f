package io.everstate.recovery.peer;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import java.util.List;

/** The bots of bot-service. Every call throws {@link ProblemException}, retryable when the service does not answer. */
public interface BotFleet {
    List<BotState> bots();

    /** A bot that runs already, is gone, or may not be started stays as it is; the caller looks at {@link #bots()}. */
    void start(BotId bot);

    /** A bot that is stopped already or gone stays as it is. */
    void stop(BotId bot);
}
