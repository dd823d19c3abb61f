package io.everstate.state.restore.point;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.archive.ArchiveReading.OlderLog;
import io.everstate.state.past.Then;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Bots that were in a log before the present one came in its place, as what is archived of such logs has them. Of one search. */
final class OlderLogs {
    private final BiFunction<OlderLog, List<BotId>, Map<BotId, Then>> search;
    private final Map<BotId, Then> found = new HashMap<>();
    /** Of those that are still looked for, why none of the logs so far has it, a sentence each. */
    private final Map<BotId, List<String>> missing = new HashMap<>();

    /** @param search what a log says of bots; it is asked once for all that it is asked for */
    OlderLogs(BiFunction<OlderLog, List<BotId>, Map<BotId, Then>> search) {
        this.search = search;
    }

    /**
     * What the first log says of each bot that can say it. Of whom none can is {@link CutShort}: one of them must have had it.
     *
     * @param newestFirst the logs
     * @throws ProblemException UNAVAILABLE when a retry can help
     */
    Map<BotId, Then> find(List<BotId> bots, List<OlderLog> newestFirst) {
        bots.forEach(bot -> missing.put(bot, new ArrayList<>()));
        for (var older : newestFirst) {
            if (!missing.isEmpty()) {
                ask(older);
            }
        }
        missing.forEach((bot, whys) -> found.put(
                bot, new CutShort(null, whys.isEmpty() ? "no older one is archived" : String.join("; ", whys))));
        return found;
    }

    private void ask(OlderLog older) {
        if (older.divergence() == null) {
            search.apply(older, List.copyOf(missing.keySet())).forEach((bot, then) -> see(older, bot, then));
            return;
        }
        var why = "what is archived of topic %s is not to be relied on: %s"
                .formatted(older.topicId(), older.divergence());
        missing.values().forEach(whys -> whys.add(why));
    }

    private void see(OlderLog older, BotId bot, Then then) {
        switch (then) {
            case Was _ -> settle(bot, then);
            case NotYet(var _, var born) when born -> settle(bot, then);
            case NotYet _ -> explain(bot, "topic %s has nothing of it so early".formatted(older.topicId()));
            case CutShort(var kept, var _) when kept != null -> settle(bot, then);
            case CutShort(var _, var why) -> explain(bot, why);
        }
    }

    private void settle(BotId bot, Then then) {
        found.put(bot, then);
        missing.remove(bot);
    }

    private void explain(BotId bot, String why) {
        requireNonNull(missing.get(bot)).add(why);
    }
}
