package io.everstate.state.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.everstate.contracts.bot.BotState;
import io.everstate.state.parking.ParkedView;
import io.everstate.state.past.Past;
import org.jspecify.annotations.Nullable;

/**
 * One bot.
 *
 * @param state as far as it is followed
 * @param parked why it is not followed any more; null when it is
 */
record BotAnswer(
        @JsonUnwrapped BotState state,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ParkedView parked) {
    /** Of an earlier moment. */
    static BotAnswer of(Past.Found found, int partition) {
        var parked = found.parked();
        return new BotAnswer(
                found.state(),
                parked == null
                        ? null
                        : ParkedView.of(partition, parked, found.state().sequence()));
    }
}
