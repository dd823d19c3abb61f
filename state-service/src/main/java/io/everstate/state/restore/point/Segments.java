package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import java.util.Optional;

/** The lowest rung: what object storage has of the log's records, where neither a snapshot nor the log itself has them any more. */
public interface Segments {
    /** The bot as the archived records make it; empty when they do not reach there. */
    Optional<BotState> find(BotId bot, Target target);

    /** Why nothing was found, as a sentence for the report. */
    String missing();
}
