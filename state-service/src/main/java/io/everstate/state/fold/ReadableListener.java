package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import java.util.Set;

/**
 * Wants to know what this replica has folded, before it is stored. Is called by the thread that folds, for each run of records, so it must be
 * quick, must wait for nobody and must not throw.
 */
public interface ReadableListener {
    /**
     * Of one partition more can be read now.
     *
     * @param moved the bots of that run whose state is another one
     */
    void folded(ReadableFold fold, Set<BotId> moved);
}
