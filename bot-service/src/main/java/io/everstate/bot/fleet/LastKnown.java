package io.everstate.bot.fleet;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What this replica's local checkpoints say of bots that nobody owns now. A file is read once, until a newer one is there. */
@Singleton
class LastKnown {
    private final CheckpointStore checkpoints;
    private final Map<BotId, BotState> read = new ConcurrentHashMap<>();

    LastKnown(CheckpointStore checkpoints) {
        this.checkpoints = checkpoints;
    }

    List<BotState> of(Predicate<BotId> meant) {
        return checkpoints.bots().stream()
                .filter(meant)
                .flatMap(bot -> newest(bot).stream())
                .toList();
    }

    /** The newest file may be broken and the state the one before: then it is read again each time, which is seldom. */
    private Optional<BotState> newest(BotId bot) {
        var known = read.get(bot);
        if (known != null
                && checkpoints
                        .newestSequence(bot)
                        .filter(newest -> newest == known.sequence())
                        .isPresent()) {
            return Optional.of(known);
        }
        var state = checkpoints.newest(bot);
        state.ifPresent(found -> read.put(bot, found));
        return state;
    }

    /** Everything is owned again; the states need not be kept twice. */
    void forget() {
        read.clear();
    }
}
