package io.everstate.bot.document;

import static java.util.stream.Collectors.toMap;

import io.everstate.bot.storage.ObjectStorage;
import io.everstate.bot.storage.StorageAwayException;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.SavedDocument;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Whether the storage holds what the states name. A bot that goes on from an older state - of a local file or of a log that lost its end -
 * can name a document that was swept away when it was superseded; nothing but a look tells. The bot goes on without it all the same. Used by
 * one thread, but for {@link #count}.
 */
final class MissingDocuments {
    private static final Logger LOG = Logger.getLogger(MissingDocuments.class);

    /** So many failures in a row are not of the objects but of the storage. */
    private static final int FAILURES_IN_A_ROW = 5;

    private final ObjectStorage storage;
    /** Names that were found, each once until {@link #again}. */
    private final Map<BotId, String> looked = new HashMap<>();

    private final Map<BotId, String> gone = new HashMap<>();
    private volatile int count;
    private boolean away;

    MissingDocuments(ObjectStorage storage) {
        this.storage = storage;
    }

    /** How many of the bots that are owned here have no newest document any more. */
    int count() {
        return count;
    }

    /** What is there now may be gone later: the next look is for all of them. */
    void again() {
        looked.clear();
    }

    /**
     * Looks for what was not found before; what the storage does not say is asked the next time.
     *
     * @param owned the bots that are owned here, as they are now
     */
    void look(Collection<BotState> owned) {
        var named = owned.stream()
                .filter(bot -> !bot.deleted() && LargeDocuments.storedOf(bot) != null)
                .collect(toMap(BotState::id, Function.identity()));
        looked.keySet().retainAll(named.keySet());
        gone.keySet().retainAll(named.keySet());
        var failures = 0;
        for (var bot : named.values()) {
            failures = told(bot) ? 0 : failures + 1;
            if (failures == FAILURES_IN_A_ROW) {
                break;
            }
        }
        count = gone.size();
    }

    /** Returns whether it is known. */
    private boolean told(BotState bot) {
        var saved = LargeDocuments.storedOf(bot);
        var name = saved == null ? null : saved.document().object();
        if (saved == null || name == null || name.equals(looked.get(bot.id()))) {
            return true;
        }
        try {
            note(bot, saved, name);
            return true;
        } catch (StorageAwayException e) {
            sayAway(bot, e);
            return false;
        }
    }

    private void note(BotState bot, SavedDocument saved, String name) {
        var there = isThere(name, saved);
        away = false;
        if (there) {
            looked.put(bot.id(), name);
            gone.remove(bot.id());
        } else if (!name.equals(gone.put(bot.id(), name))) {
            LOG.errorf(
                    "bot %s (%s) goes on without its newest document: the storage does not hold %s, that of event %d, any more",
                    bot.id(), bot.configuration().name(), name, saved.sequence());
        }
    }

    private boolean isThere(String name, SavedDocument saved) {
        return storage.find(name)
                .filter(found -> found.bytes() == saved.document().size())
                .isPresent();
    }

    private void sayAway(BotState bot, StorageAwayException e) {
        if (!away) {
            away = true;
            LOG.warnf(
                    "whether the storage holds the newest document of bot %s, and perhaps of others, is not known yet; it is asked again: %s",
                    bot.id(), e.getMessage());
        }
    }
}
