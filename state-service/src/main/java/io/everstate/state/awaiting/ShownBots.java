package io.everstate.state.awaiting;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.ReadableFold;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/** Bots that can be read here before they are stored: what is told from rows must not deny what was shown of them already. */
@Singleton
public final class ShownBots {
    private final FoldsHere folds;
    private final AwaitedEvents awaited;

    public ShownBots(FoldsHere folds, AwaitedEvents awaited) {
        this.folds = folds;
        this.awaited = awaited;
    }

    /**
     * What rows say of a bot; where they say nothing and the bot is folded here, what they say when all that is folded of its partition now is
     * stored.
     *
     * @throws ProblemException UNAVAILABLE when that is not stored in time
     */
    public <T> Optional<T> find(BotId bot, Supplier<Optional<T>> rows) {
        return find(rows, () -> folds.having(bot));
    }

    /**
     * What rows say of a bot that is parked; where they say nothing and it is parked here, what they say when all that is folded of its
     * partition now is stored. Of a bot that is followed here nothing is waited for.
     *
     * @throws ProblemException UNAVAILABLE when that is not stored in time
     */
    public <T> Optional<T> findParked(BotId bot, Supplier<Optional<T>> rows) {
        return find(rows, () -> folds.parking(bot));
    }

    private <T> Optional<T> find(Supplier<Optional<T>> rows, Supplier<Optional<ReadableFold>> here) {
        var found = rows.get();
        if (found.isPresent()) {
            return found;
        }
        var fold = here.get();
        if (fold.isEmpty()) {
            return found;
        }
        awaited.awaitStored(fold.get().partition(), fold.get().offset(), awaited.deadline());
        return rows.get();
    }
}
