package io.everstate.bot.critical;

import java.time.Duration;
import java.util.UUID;

/** Takes backups that count: each was read back from storage. */
interface VerifiedBackups {
    /**
     * Asks for a backup, or again for the one that was asked for with the same wish, and answers within the patience and two seconds for the way.
     *
     * @param patience how long it may take to be read back; rounded up to whole seconds, one at least
     */
    Outcome take(Wish wish, Duration patience);

    /** @param key the same one asks for the same backup, and must come with the same description */
    record Wish(String key, String description) {}

    sealed interface Outcome {}

    /** It is COMPLETED. */
    record Taken(UUID backup) implements Outcome {}

    /** @param mayGoOn whether it can still become a backup, so that the same wish is to be asked for again */
    record Missing(String why, boolean mayGoOn) implements Outcome {}
}
