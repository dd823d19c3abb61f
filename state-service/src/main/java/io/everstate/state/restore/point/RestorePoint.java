package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.RestoreRung;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state that a bot can go back to.
 *
 * @param rung null when the bot is now as it was then
 * @param snapshot from which it was had, if from one
 * @param passedOver why no higher rung was possible, a sentence each
 */
public record RestorePoint(
        BotState state,
        @Nullable RestoreRung rung,
        @Nullable UUID snapshot,
        List<String> passedOver) {
    public RestorePoint {
        passedOver = List.copyOf(passedOver);
    }
}
