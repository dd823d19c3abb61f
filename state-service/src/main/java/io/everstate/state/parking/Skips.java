package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.peer.BotOwners;
import io.everstate.state.peer.CriticalChanges;
import io.everstate.state.peer.PeerException;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leaves what is not understood of a bot behind, by a checkpoint that its owner writes, so that every reader agrees. An owner that follows the
 * bot saves its whole present state, and nothing is lost; one that does not understand the record either takes it back to what is known here.
 * Where the log has lost its end, what is known here is the newest there is, and the owner goes on from it.
 */
@Singleton
final class Skips {
    private final ParkedBots parked;
    private final BotOwners owners;
    private final CriticalChanges critical;

    Skips(ParkedBots parked, BotOwners owners, CriticalChanges critical) {
        this.parked = parked;
        this.owners = owners;
        this.critical = critical;
    }

    enum Way {
        /** The owner understood the record: nothing is lost. */
        SAVED,
        /** The owner did not either, or the log has lost it: what the bot did since its known state is lost. */
        RESTORED
    }

    /** @param backup the one before it, or why there is none; null where none is asked for */
    record Skipped(Way way, @Nullable String backup) {}

    /**
     * Takes a bot back only behind a backup, where one is required. A save changes nothing of it and needs none.
     *
     * @param by who wants it
     * @param key makes a repetition safe; null for none
     * @throws ProblemException NOT_FOUND when it is not parked, CONFLICT when nothing of it is known or it went on while a backup was waited
     *     for, UNAVAILABLE without its owner, or without a backup that is required
     */
    Skipped skip(BotId bot, String by, @Nullable String key) {
        if (parked.required(bot).type().equals(ParkedBot.LOST_END)) {
            return restored(bot, parked.known(bot).orElseThrow(), by, key);
        }
        try {
            owners.saveWhole(bot, key == null ? null : saving(key));
            return new Skipped(Way.SAVED, null);
        } catch (PeerException e) {
            if (e.type() != ProblemType.CONFLICT) {
                throw e;
            }
            var known = parked.known(bot)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.CONFLICT,
                            "nothing is known of bot %s to go on from, and %s".formatted(bot, e.detail()),
                            e));
            return restored(bot, known, by, key);
        }
    }

    /**
     * What came of it before, of a bot that is not parked any more.
     *
     * @param key with which it was asked for
     */
    Optional<Way> before(BotId bot, String key) {
        var present = parked.known(bot);
        if (present.flatMap(state -> state.outcomeOf(key)).isPresent()) {
            return Optional.of(Way.RESTORED);
        }
        return present.flatMap(state -> state.outcomeOf(saving(key))).map(_ -> Way.SAVED);
    }

    private static String saving(String key) {
        return key + ":save";
    }

    private Skipped restored(BotId bot, BotState known, String by, @Nullable String key) {
        var backup = critical.before("bot %s is taken back to its event %d".formatted(bot, known.sequence()), by);
        requireStillAt(known);
        owners.restore(bot, known, key);
        return new Skipped(Way.RESTORED, backup.orElse(null));
    }

    /** A backup takes a while, in which somebody may have come to understand the bot. */
    private void requireStillAt(BotState known) {
        var bot = known.id();
        parked.required(bot);
        var sequence = parked.known(bot).map(BotState::sequence).orElse(0L);
        if (sequence != known.sequence()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "bot %s went on from event %d to %d while a backup was taken: it was not taken back"
                            .formatted(bot, known.sequence(), sequence));
        }
    }
}
