package io.everstate.bot.hosting;

import io.everstate.contracts.bot.BotId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The runs of this replica's bots, never two of one bot. Changed by the host's thread only; read by others too. */
final class Runs {
    private final Map<BotId, BotRunner> running = new ConcurrentHashMap<>();
    /** Ended while at work on a bar; a fill of theirs can still be on its way. */
    private final Map<BotId, BotRunner> ending = new HashMap<>();

    /** Begins a run unless there is one that goes on. Returns false when the bot's last run is still at its last bar, and it must be tried again. */
    boolean begin(BotId bot, Supplier<BotRunner> runner) {
        var last = ending.get(bot);
        if (last != null && last.busy()) {
            return false;
        }
        ending.remove(bot);
        var present = running.get(bot);
        if (present == null || present.finished()) {
            running.put(bot, runner.get());
        }
        return true;
    }

    void end(BotId bot) {
        var runner = running.remove(bot);
        if (runner == null) {
            return;
        }
        runner.finish();
        if (runner.busy()) {
            ending.put(bot, runner);
        }
    }

    Optional<BotRunner> find(BotId bot) {
        return Optional.ofNullable(running.get(bot));
    }

    Set<BotId> bots() {
        return Set.copyOf(running.keySet());
    }

    Collection<BotRunner> all() {
        return List.copyOf(running.values());
    }

    int size() {
        return running.size();
    }
}
