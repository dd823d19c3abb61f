package io.everstate.bot.hosting;

import io.everstate.contracts.bot.BotId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Bots that should run and do not: since when, and why as far as is known. Used by one thread. */
final class MissingBots {
    private static final String UNKNOWN = "its run did not begin in time; the log of bot-service tells more";

    private final Duration deadline;
    private final LongSupplier nanos;
    private final Map<BotId, Long> since = new HashMap<>();
    private final Map<BotId, String> reasons = new HashMap<>();

    /** @param nanos a clock that never goes back */
    MissingBots(Duration deadline, LongSupplier nanos) {
        this.deadline = deadline;
        this.nanos = nanos;
    }

    /** It cannot run. Returns whether that is news. */
    boolean hindered(BotId bot, String why) {
        return !why.equals(reasons.put(bot, why));
    }

    /** It should run and does not. Returns why, once it is missing for longer than it may. */
    Optional<String> overdue(BotId bot) {
        var now = nanos.getAsLong();
        var first = since.computeIfAbsent(bot, _ -> now);
        return now - first < deadline.toNanos() ? Optional.empty() : Optional.of(reasons.getOrDefault(bot, UNKNOWN));
    }

    /** It runs, or need not. */
    void found(BotId bot) {
        since.remove(bot);
        reasons.remove(bot);
    }

    /** They are no business of this process any more; what comes back begins anew. */
    void forget(Predicate<BotId> gone) {
        since.keySet().removeIf(gone);
        reasons.keySet().removeIf(gone);
    }
}
