package io.everstate.state.restore.point;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.past.Then;
import java.util.Map;
import java.util.function.Supplier;

/** One bot at the cut of a snapshot: what the log says of it is asked for where the snapshot is. */
record CutRecords(BotId bot, Supplier<Map<BotId, Then>> segments) implements Ladder.Archived {
    @Override
    public Then inSegments() {
        return requireNonNull(segments.get().get(bot), "it is of the pass");
    }
}
