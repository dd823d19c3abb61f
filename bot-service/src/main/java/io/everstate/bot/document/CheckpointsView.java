package io.everstate.bot.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.external.SavedDocument;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a bot's own checkpoints without their content.
 *
 * @param saved how many there were
 * @param newest null before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CheckpointsView(long saved, @Nullable SavedDocument newest) {
    static CheckpointsView of(BotState bot) {
        var external = bot.external();
        return external == null
                ? new CheckpointsView(0, null)
                : new CheckpointsView(external.documents(), external.document());
    }
}
