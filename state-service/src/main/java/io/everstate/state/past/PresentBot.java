package io.everstate.state.past;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.past.EarlierStates.Wanted;
import io.everstate.state.past.Past.Found;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bot as it is folded now.
 *
 * @param nextOffset up to where its partition is folded
 * @param anew whether that is of a log that is folded from its start, behind the states that are known
 * @param parked null when it is followed
 */
record PresentBot(
        BotState state,
        int partition,
        String topicId,
        long nextOffset,
        boolean anew,
        @Nullable ParkedBot parked) {
    Wanted wanted(@Nullable Instant takenBy, Predicate<BotState> early) {
        return new Wanted(state.id(), partition, topicId, takenBy, Set.of(), early);
    }

    /** As it was at a time behind which nothing of it has changed. */
    Found foundAt(Instant time) {
        return Found.present(state, parked == null || parked.since().isAfter(time) ? null : parked);
    }

    /** The same, but followed up to there. */
    PresentBot cut(String ofTopicId, long before) {
        return new PresentBot(state, partition, ofTopicId, before, false, null);
    }

    /** @throws ProblemException UNAVAILABLE when the partition is not folded up to what the bot is now: its past would end before it does */
    void requireFolded() {
        if (anew) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "partition %d is folded from the start of a log that is another than it was: until that has come to its end nothing is said of what its bots were"
                            .formatted(partition));
        }
    }
}
