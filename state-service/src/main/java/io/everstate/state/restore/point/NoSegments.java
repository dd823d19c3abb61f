package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Nobody archives the log's records yet, so there is nothing on this rung, and the report says so. */
@Singleton
final class NoSegments implements Segments {
    @Override
    public Optional<BotState> find(BotId bot, Target target) {
        return Optional.empty();
    }

    @Override
    public String missing() {
        return "there are no segments: the log is not archived in object storage";
    }
}
