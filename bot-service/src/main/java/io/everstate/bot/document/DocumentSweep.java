package io.everstate.bot.document;

import io.everstate.bot.storage.ObjectStorage;
import io.everstate.bot.storage.StoredObject;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
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

    private final ObjectStorage storage;
    private final int kept;
    private final Duration grace;

    DocumentSweep(ObjectStorage storage, int kept, Duration grace) {
        this.storage = storage;
        this.kept = kept;
        this.grace = grace;
    }

    /**
     * Looks at everything that is stored, one bot at a time.
     *
     * @param states of the bots that are owned here; of others nothing is touched
     * @return the names that were removed
     */
    List<String> sweep(Function<BotId, Optional<BotState>> states) {
        var swept = new ArrayList<String>();
        var group = new Group(states, swept);
        storage.list(ObjectNames.PREFIX, group::add);
        group.end();
        return swept;
    }

    /** Those of one bot that can go. */
    List<StoredObject> superfluous(List<StoredObject> stored, BotState bot) {
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
        private final List<String> swept;
        private final List<StoredObject> objects = new ArrayList<>();
        private @Nullable BotId bot;

        Group(Function<BotId, Optional<BotState>> states, List<String> swept) {
            this.states = states;
            this.swept = swept;
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
            storage.delete(name);
            swept.add(name);
        }
    }
}
