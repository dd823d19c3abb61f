package io.everstate.state.healing;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the owners of bots for checkpoints until they are there: with growing pauses, and not for ever. An owner that answered is asked again
 * too, until the checkpoint was read. Used by one thread.
 */
final class GapHealing {
    private static final Logger LOG = Logger.getLogger(GapHealing.class);

    private final Consumer<BotId> owner;
    private final HealingConfiguration configuration;
    private final Clock clock;
    private final Map<BotId, Asked> asked = new HashMap<>();

    private record Asked(int times, Duration pause, Instant at) {}

    /** @param owner takes the bot for whom a checkpoint is asked for; throws {@link ProblemException} when it is refused */
    GapHealing(Consumer<BotId> owner, HealingConfiguration configuration, Clock clock) {
        this.owner = owner;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** @param missing all bots of which something is missing now */
    void heal(Collection<BotId> missing) {
        asked.keySet().retainAll(Set.copyOf(missing));
        missing.stream().filter(this::isDue).forEach(this::ask);
    }

    private boolean isDue(BotId bot) {
        var before = asked.get(bot);
        if (before == null) {
            return true;
        }
        return before.times() < configuration.attempts()
                && !clock.instant().isBefore(before.at().plus(before.pause()));
    }

    private void ask(BotId bot) {
        var before = asked.get(bot);
        var times = before == null ? 1 : before.times() + 1;
        try {
            owner.accept(bot);
            LOG.infof("asked the owner of bot %s for a checkpoint, for events of it are missing", bot);
        } catch (ProblemException e) {
            if (e.type() == ProblemType.NOT_FOUND) {
                times = configuration.attempts();
            }
            LOG.warnf(
                    "events of bot %s are missing, and its owner gives no checkpoint (question %d of %d): %s",
                    bot, times, configuration.attempts(), e.detail());
        }
        asked.put(bot, new Asked(times, pause(before), clock.instant()));
    }

    private Duration pause(@Nullable Asked before) {
        if (before == null) {
            return configuration.askEvery();
        }
        var doubled = before.pause().multipliedBy(2);
        return doubled.compareTo(configuration.longestPause()) < 0 ? doubled : configuration.longestPause();
    }
}
