package io.everstate.state.healing;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the owners of bots for checkpoints until they are there: with growing pauses, and not for ever. An owner that answered is asked again
 * too, until the checkpoint was read; one that did not answer is asked for as long as it takes, which is told when it takes long. Used by
 * one thread.
 */
final class GapHealing {
    private static final Logger LOG = Logger.getLogger(GapHealing.class);

    private final Consumer<BotId> owner;
    private final BiConsumer<BotId, String> givingUp;
    private final BiConsumer<BotId, String> silence;
    private final HealingConfiguration configuration;
    private final Clock clock;
    private final Map<BotId, Asked> asked = new HashMap<>();
    private final Map<BotId, Untold> untold = new HashMap<>();

    /**
     * @param answers questions that were answered, and after which the checkpoint was not there
     * @param unanswered the newest questions that were not, one behind the other
     */
    private record Asked(int answers, int unanswered, Duration pause, Instant at) {}

    /** What is to be told, to whom. */
    private record Untold(BiConsumer<BotId, String> listener, String why) {}

    /**
     * @param owner takes the bot for whom a checkpoint is asked for; throws {@link ProblemException} when it is refused
     * @param givingUp takes a bot whose owner is asked no more, and why; told again later when it throws
     * @param silence the same of one whose owner has not answered for long and is asked still
     */
    GapHealing(
            Consumer<BotId> owner,
            BiConsumer<BotId, String> givingUp,
            BiConsumer<BotId, String> silence,
            HealingConfiguration configuration,
            Clock clock) {
        this.owner = owner;
        this.givingUp = givingUp;
        this.silence = silence;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * @param missing all bots of which something is missing now
     * @throws ProblemException when something cannot be told; the next look tells it
     */
    void heal(Collection<BotId> missing) {
        var present = Set.copyOf(missing);
        asked.keySet().retainAll(present);
        untold.keySet().retainAll(present);
        // a look later than it was asked: the last answer may have brought the checkpoint
        for (var bot : List.copyOf(untold.keySet())) {
            var news = requireNonNull(untold.get(bot));
            news.listener().accept(bot, news.why());
            untold.remove(bot);
        }
        missing.stream().filter(this::isDue).forEach(this::ask);
    }

    private boolean isDue(BotId bot) {
        var before = asked.get(bot);
        if (before == null) {
            return true;
        }
        return before.answers() < configuration.attempts()
                && !clock.instant().isBefore(before.at().plus(before.pause()));
    }

    private void ask(BotId bot) {
        var before = asked.get(bot);
        var answers = (before == null ? 0 : before.answers()) + 1;
        var unanswered = 0;
        var last = "it answered, and no checkpoint came";
        try {
            owner.accept(bot);
            LOG.infof("asked the owner of bot %s for a checkpoint, for events of it are missing", bot);
        } catch (ProblemException e) {
            LOG.warnf("events of bot %s are missing, and its owner gives no checkpoint: %s", bot, e.detail());
            last = e.detail();
            if (e.type().retryable()) {
                answers--;
                unanswered = (before == null ? 0 : before.unanswered()) + 1;
            } else if (e.type() == ProblemType.NOT_FOUND) {
                answers = configuration.attempts();
            }
        }
        asked.put(bot, new Asked(answers, unanswered, pause(before), clock.instant()));
        if (answers == configuration.attempts()) {
            untold.put(bot, new Untold(givingUp, last));
        } else if (unanswered == configuration.attempts()) {
            untold.put(bot, new Untold(silence, last));
        }
    }

    private Duration pause(@Nullable Asked before) {
        if (before == null) {
            return configuration.askEvery();
        }
        var doubled = before.pause().multipliedBy(2);
        return doubled.compareTo(configuration.longestPause()) < 0 ? doubled : configuration.longestPause();
    }
}
