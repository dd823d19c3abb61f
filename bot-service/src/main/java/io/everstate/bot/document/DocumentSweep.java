package io.everstate.bot.document;

import io.everstate.bot.storage.ObjectStorage;
import io.everstate.bot.storage.StorageAwayException;
import io.everstate.bot.storage.StoredObject;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Removes stored documents that nothing can name any more: superseded ones but for the newest few, and uploads whose event never counted.
 *
 * <p>What is decided stays true however late it is carried out, also by a replica that slept and owns nothing any more: at the time of the
 * bot's newest event, which the log has, the object was older than the grace, and uploads can be recorded for half of the grace only.
 */
final class DocumentSweep {
    private static final Comparator<StoredObject> NEWEST_FIRST =
            Comparator.comparing(StoredObject::modified).reversed();

    /** So many failures in a row are not of the objects but of the storage. */
    private static final int FAILURES_IN_A_ROW = 5;

    private final ObjectStorage storage;
    private final int kept;
    private final Duration grace;
    private final Clock clock;

    DocumentSweep(ObjectStorage storage, int kept, Duration grace, Clock clock) {
        this.storage = storage;
        this.kept = kept;
        this.grace = grace;
        this.clock = clock;
    }

    /**
     * Looks at everything that is stored, one bot at a time.
     *
     * @param states of the bots that are owned here; of others nothing is touched
     * @throws StorageAwayException when several in a row cannot be removed
     */
    Swept sweep(Function<BotId, Optional<BotState>> states) {
        var group = new Group(states);
        storage.list(ObjectNames.PREFIX, group::add);
        group.end();
        return new Swept(List.copyOf(group.removed), List.copyOf(group.left));
    }

    /**
     * What came of a sweep.
     *
     * @param removed names of what is gone
     * @param left a sentence for each that could not be removed; the next sweep tries again
     */
    record Swept(List<String> removed, List<String> left) {}

    /** Those of one bot that can go. Nothing is recorded of a deleted bot any more, so that the present time is good for it. */
    List<StoredObject> superfluous(List<StoredObject> stored, BotState bot) {
        if (bot.deleted()) {
            var old = clock.instant().minus(grace);
            return stored.stream().filter(object -> isBefore(object, old)).toList();
        }
        var named = namedBy(bot);
        var before = bot.updatedAt().minus(grace);
        return stored.stream()
                .sorted(NEWEST_FIRST)
                .skip(kept)
                .filter(object -> !object.name().equals(named))
                .filter(object -> isBefore(object, before))
                .toList();
    }

    private static boolean isBefore(StoredObject object, Instant time) {
        return object.modified().isBefore(time);
    }

    private static @Nullable String namedBy(BotState bot) {
        var newest = bot.external() == null ? null : bot.external().document();
        return newest == null ? null : newest.document().object();
    }

    /** The objects of one bot after the other: the names sort by bot. */
    private final class Group {
        private final Function<BotId, Optional<BotState>> states;
        private final List<String> removed = new ArrayList<>();
        private final List<String> left = new ArrayList<>();
        private int failuresInARow;
        private final List<StoredObject> objects = new ArrayList<>();
        private @Nullable BotId bot;

        Group(Function<BotId, Optional<BotState>> states) {
            this.states = states;
        }

        void add(StoredObject object) {
            var owner = ObjectNames.botOf(object.name()).orElse(null);
            if (owner == null) {
                return;
            }
            if (!owner.equals(bot)) {
                end();
                bot = owner;
            }
            objects.add(object);
        }

        void end() {
            if (bot != null && !objects.isEmpty()) {
                states.apply(bot).map(state -> superfluous(objects, state)).orElse(List.of()).stream()
                        .map(StoredObject::name)
                        .forEach(this::remove);
            }
            objects.clear();
        }

        private void remove(String name) {
            try {
                storage.delete(name);
                removed.add(name);
                failuresInARow = 0;
            } catch (StorageAwayException e) {
                left.add(name + ": " + e.getMessage());
                failuresInARow++;
                if (failuresInARow == FAILURES_IN_A_ROW) {
                    throw e;
                }
            }
        }
    }
}
