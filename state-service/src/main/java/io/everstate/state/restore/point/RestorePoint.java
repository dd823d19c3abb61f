package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.past.Past.Found;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state that a bot can go back to.
 *
 * @param rung null when the bot is now as it was then
 * @param snapshot from which it was had, if from one
 * @param passedOver why no higher rung was possible, a sentence each
 * @param parked why it may have been another then: it was not followed; null when it was
 */
public record RestorePoint(
        BotState state,
        @Nullable RestoreRung rung,
        @Nullable UUID snapshot,
        List<String> passedOver,
        @Nullable ParkedBot parked) {
    public RestorePoint {
        passedOver = List.copyOf(passedOver);
    }

    /** As the archived records make it. */
    static RestorePoint archived(Found found, List<String> passedOver) {
        return new RestorePoint(found.state(), RestoreRung.SEGMENTS, null, passedOver, found.parked());
    }

    /** A sentence for people; null when it was followed then. */
    public @Nullable String parkedThen() {
        return parked == null
                ? null
                : "it was parked then, since %s (%s at offset %d: %s): this is what was known of it, up to event %d, and what its events up to %d made of it is not in that"
                        .formatted(
                                parked.since(),
                                parked.parking().type(),
                                parked.parking().offset(),
                                parked.parking().why(),
                                state.sequence(),
                                parked.parking().sequence());
    }
}
