package io.everstate.state.past;

import io.everstate.contracts.bot.BotState;
import io.everstate.state.past.EarlierStates.Wanted;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bot as it is folded now.
 *
 * @param nextOffset up to where its partition is folded
 */
record PresentBot(BotState state, int partition, String topicId, long nextOffset) {
    Wanted wanted(@Nullable Instant takenBy, Predicate<BotState> early) {
        return new Wanted(state.id(), partition, topicId, takenBy, early);
    }
}
