package io.everstate.bot.external;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.Heartbeat;
import io.everstate.contracts.external.ReportedStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest heartbeats that this replica heard. That a bot lives is worth a word of memory each second, not a record for ever; the log
 * gets one when it says something new, and else one an interval, which is what the next owner begins with.
 */
@Singleton
class Heartbeats {
    private final Map<BotId, Heartbeat> newest = new ConcurrentHashMap<>();
    private final Duration interval;

    Heartbeats(ExternalConfiguration configuration) {
        this.interval = configuration.heartbeatInterval();
    }

    /** Returns whether the log must have it too. */
    boolean heard(BotState bot, Heartbeat beat) {
        newest.merge(bot.id(), beat, (known, next) -> next.at().isBefore(known.at()) ? known : next);
        var external = bot.external();
        var recorded = external == null ? null : external.heartbeat();
        return external == null
                || recorded == null
                || external.status() != beat.status()
                || bot.running() != (beat.status() == ReportedStatus.RUNNING)
                || !beat.at().isBefore(recorded.at().plus(interval));
    }

    /** The newest of memory and log. */
    Optional<Heartbeat> newest(BotState bot) {
        var recorded = bot.external() == null ? null : bot.external().heartbeat();
        var heard = newest.get(bot.id());
        return heard == null || (recorded != null && recorded.at().isAfter(heard.at()))
                ? Optional.ofNullable(recorded)
                : Optional.of(heard);
    }

    /** Until when the bot was surely alive, as far as it ever sent heartbeats: after the recorded one others may have been heard elsewhere. */
    Optional<Instant> lastAlive(BotState bot) {
        var recorded = bot.external() == null ? null : bot.external().heartbeat();
        if (recorded == null) {
            return Optional.empty();
        }
        var elsewhere = recorded.at().plus(interval);
        var heard = newest.get(bot.id());
        return Optional.of(heard == null || heard.at().isBefore(elsewhere) ? elsewhere : heard.at());
    }

    /** What is not owned here any more is somebody else's to remember. */
    void keepOnly(Set<BotId> owned) {
        newest.keySet().retainAll(owned);
    }
}
