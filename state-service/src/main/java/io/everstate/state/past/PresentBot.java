package io.everstate.state.past;

import io.everstate.contracts.bot.BotState;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.past.EarlierStates.Wanted;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bot as it is folded now.
 *
 * @param nextOffset up to where its partition is folded
 * @param parked null when it is followed
 */
record PresentBot(
        BotState state,
        int partition,
        String topicId,
        long nextOffset,
        @Nullable ParkedBot parked) {
    Wanted wanted(@Nullable Instant takenBy, Predicate<BotState> early) {
        return new Wanted(state.id(), partition, topicId, takenBy, early);
    }
}
