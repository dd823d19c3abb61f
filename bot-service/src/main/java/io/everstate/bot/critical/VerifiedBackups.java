package io.everstate.bot.critical;

import io.everstate.contracts.problem.ProblemException;
import java.util.UUID;

/** Takes backups that count: each was read back from storage. */
interface VerifiedBackups {
    /**
     * Returns when it is COMPLETED, or fails within the configured deadline.
     *
     * @param key the same one asks for the same backup
     *
     * @return its id
     * @throws ProblemException UNAVAILABLE, whose detail says why there is none
     */
    UUID take(String description, String key);
}
