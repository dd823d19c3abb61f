package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.peer.BotOwners;
import io.everstate.state.peer.PeerException;
import jakarta.inject.Singleton;
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

    Skips(ParkedBots parked, BotOwners owners) {
        this.parked = parked;
        this.owners = owners;
    }

    enum Way {
        /** The owner understood the record: nothing is lost. */
        SAVED,
        /** The owner did not either, or the log has lost it: what the bot did since its known state is lost. */
        RESTORED
    }

    /**
     * @param key makes a repetition safe; null for none
     * @throws ProblemException NOT_FOUND when it is not parked, CONFLICT when nothing of it is known, UNAVAILABLE without its owner
     */
    Way skip(BotId bot, @Nullable String key) {
        if (parked.required(bot).type().equals(ParkedBot.LOST_END)) {
            owners.restore(bot, parked.known(bot).orElseThrow(), key);
            return Way.RESTORED;
        }
        try {
            owners.saveWhole(bot, key == null ? null : key + ":save");
            return Way.SAVED;
        } catch (PeerException e) {
            if (e.type() != ProblemType.CONFLICT) {
                throw e;
            }
            var known = parked.known(bot)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.CONFLICT,
                            "nothing is known of bot %s to go on from, and %s".formatted(bot, e.detail()),
                            e));
            owners.restore(bot, known, key);
            return Way.RESTORED;
        }
    }
}
